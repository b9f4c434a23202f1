export const en = { 'do.edit': 'Edit' } as const
