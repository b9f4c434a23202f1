import type { ThemeConfig } from 'antd'
import { fonts, palette } from './palette'

/** Dense and calm: one accent, thin lines, no shadows on what does not float. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: palette.primary,
    colorLink: palette.primary,
    colorText: palette.text,
    colorTextSecondary: palette.textSecondary,
    colorTextDescription: palette.textSecondary,
    colorTextPlaceholder: '#8792a2',
    colorBorderSecondary: palette.line,
    colorSplit: palette.line,
    colorBgLayout: palette.ground,
    colorSuccess: palette.success,
    colorWarning: palette.warning,
    colorError: palette.error,
    borderRadius: 6,
    fontSize: 13,
    fontSizeSM: 12,
    controlHeight: 30,
    controlHeightSM: 24,
    fontFamily: fonts,
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.18s',
    motion: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
    wireframe: false,
  },
  components: {
    Table: { headerBg: '#fafbfc', headerColor: palette.textSecondary, headerSplitColor: 'transparent', cellPaddingBlockSM: 6, cellPaddingInlineSM: 10, rowHoverBg: '#f5f8ff' },
    Menu: { itemHeight: 34, itemMarginBlock: 2, itemBorderRadius: 6, groupTitleFontSize: 12, groupTitleColor: palette.textSecondary },
    Layout: { headerBg: palette.surface, siderBg: palette.surface, bodyBg: palette.ground, headerHeight: 48, headerPadding: '0 16px' },
    Form: { itemMarginBottom: 14, verticalLabelPadding: '0 0 3px', labelColor: palette.textSecondary },
    Card: { bodyPadding: 16, headerPadding: 16, headerFontSize: 14, headerHeight: 42 },
    Tabs: { horizontalMargin: '0 0 12px 0', titleFontSize: 13 },
    Descriptions: { itemPaddingBottom: 8 },
  },
}
