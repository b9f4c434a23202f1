import type { ValidatorType } from '@rjsf/utils'
import { checkForm } from './check'
import { toValidationData } from './errors'
import type { FormModel } from './form-model'
import { shape } from './shape'

/** rjsf asks here instead of ajv, which needs `unsafe-eval`. The engine checks the record; JSON Schema questions go to our own validator. */
export function validatorFor(model: FormModel): ValidatorType {
  return {
    validateFormData: () => toValidationData(checkForm(model.getState())),
    isValid: (schema, formData) => shape(schema, formData).length === 0,
    rawValidation: () => ({ errors: [] }),
  }
}
