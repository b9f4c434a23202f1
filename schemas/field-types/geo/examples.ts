import type { FieldExamples } from '../field-type'

export const examples: FieldExamples[] = [{
  field: {},
  valid: [{ input: { lat: 30.2741, lng: 120.1551 } }, { input: '-33.8688，151.20931234', wire: { lat: -33.8688, lng: 151.209312 } }, { input: { lng: 0, lat: 0 }, wire: { lat: 0, lng: 0 } }, { input: '', wire: null }],
  invalid: [
    { input: { lat: 91, lng: 0 }, code: 'tooLarge' }, { input: { lat: 0, lng: -181 }, code: 'tooSmall' }, { input: { lat: 1 }, code: 'required' }, { input: { lat: 1, lng: 2, alt: 3 }, code: 'unknownField' },
    { input: { lat: '1', lng: 2 }, code: 'wrongType' }, { input: 'here', code: 'badNotation' }, { input: '95, 10', code: 'badNotation' }, { input: [1, 2], code: 'wrongType' }, { input: 5, code: 'wrongType' },
  ],
  filters: [{ op: 'empty', matches: [3, 4] }, { op: 'notEmpty', matches: [0, 1, 2] }],
}]
