/** The colours of the product. base.css repeats them as custom properties for what antd does not draw. */
export const palette = {
  primary: '#2456c7',
  text: '#1c2430',
  textSecondary: '#5a6573',
  line: '#e6e9ee',
  ground: '#f5f6f8',
  surface: '#ffffff',
  success: '#1f8a4c',
  warning: '#b76e00',
  error: '#c8322b',
} as const

export const fonts =
  "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', 'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', 'Noto Sans SC', 'Noto Sans CJK SC', sans-serif"
