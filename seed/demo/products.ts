/** What 明磁新材料 makes: sintered and bonded NdFeB, SmCo, ferrite, magnet assemblies, and design as a service. */
import type { Company } from './company'

export interface Product {
  code: string
  name: string
  spec: string
  category: string
  baseUnit: 'pcs' | 'set' | 'kg' | 'm' | 'manDay'
  /** Yuan, without tax. */
  listPrice: number
  /** Quantities are sold in multiples of this. */
  batch: number
}

type Row = [code: string, name: string, spec: string, category: string, unit: Product['baseUnit'], listPrice: number, batch: number]

const rows: Row[] = [
  ['NF-N35-D10', '钕铁硼圆片磁钢', 'N35 D10×2 mm 镀锌', '烧结钕铁硼', 'pcs', 0.68, 1000],
  ['NF-N42SH-W', '钕铁硼瓦形磁钢', 'N42SH R26×R22×30 mm 镀锌', '烧结钕铁硼', 'pcs', 3.85, 500],
  ['NF-N48H-F', '钕铁硼方块磁钢', 'N48H 30×12×4 mm 镀镍', '烧结钕铁硼', 'pcs', 5.2, 500],
  ['NF-N52-MN', '微型钕铁硼磁钢', 'N52 6×3×1.2 mm 镀镍铜镍', '烧结钕铁硼', 'pcs', 0.92, 5000],
  ['NF-45UH-D', '驱动电机磁钢', '45UH 晶界扩散 42×16×5 mm 环氧', '烧结钕铁硼', 'pcs', 12.6, 200],
  ['NF-38EH-F', '风电直驱磁钢', '38EH 110×60×22 mm 环氧', '烧结钕铁硼', 'pcs', 268, 10],
  ['NF-RAD-28', '辐射取向磁环', 'N38SH D28×d22×40 mm', '烧结钕铁硼', 'pcs', 28.5, 100],
  ['NB-RING-18', '粘结钕铁硼磁环', 'BNP-10 D18×d14×12 mm', '粘结钕铁硼', 'pcs', 2.35, 500],
  ['SC-2617-B', '钐钴方块磁钢', 'SmCo26H 20×10×5 mm', '钐钴', 'pcs', 38, 50],
  ['FE-Y30H-W', '铁氧体磁瓦', 'Y30H-1 R45×R39×50 mm', '永磁铁氧体', 'pcs', 1.15, 1000],
  ['FE-Y35-R', '铁氧体磁环', 'Y35 D90×d36×17 mm', '永磁铁氧体', 'pcs', 2.1, 1000],
  ['FS-PC95-E', '软磁铁氧体磁芯', 'PC95 EE42/21/20', '软磁铁氧体', 'pcs', 4.6, 500],
  ['FS-SHEET', '无线充电隔磁片', '纳米晶 0.14 mm D50', '软磁', 'pcs', 1.8, 1000],
  ['MA-ROTOR', '转子磁组件', '8 极表贴 D80×60 mm 含轴', '磁组件', 'set', 265, 20],
  ['MA-LINEAR', '直线电机磁轨', '极距 24 mm 宽 60 mm', '磁组件', 'm', 1180, 2],
  ['MA-SEP', '湿式磁选机磁系', 'CTB-1230 表面 4500 Gs', '磁组件', 'set', 18600, 1],
  ['MA-LIFT', '永磁起重吸盘', '额定 2 t 剩磁 ≤ 2 Gs', '磁组件', 'set', 2350, 2],
  ['SV-DESIGN', '磁路设计与仿真', '含样件测试报告', '技术服务', 'manDay', 1800, 1],
]

export const products: Product[] = rows.map(([code, name, spec, category, baseUnit, listPrice, batch]) => ({ code, name, spec, category, baseUnit, listPrice, batch }))

/** The data clerk keeps the list. Returns the ids by code. */
export async function listProducts({ as }: Pick<Company, 'as'>): Promise<Map<string, string>> {
  const created = await Promise.all(products.map(({ batch: _, listPrice, ...product }) => as('sun').create('product', {
    ...product, listPrice: listPrice.toFixed(4), floorPrice: (listPrice * 0.86).toFixed(4), taxRate: product.baseUnit === 'manDay' ? '6' : '13',
  })))
  return new Map(created.map((record) => [record.code as string, record.id!]))
}

/** What customers of an industry need magnets for. */
export interface Need {
  name: string
  type: 'product' | 'integration' | 'engineering' | 'service'
  products: string[]
}

export const needs: Record<string, Need[]> = {
  automotive: [
    { name: '驱动电机磁钢定点', type: 'product', products: ['NF-45UH-D', 'NF-N48H-F'] },
    { name: 'EPS 转向电机磁环', type: 'product', products: ['NF-RAD-28', 'NB-RING-18'] },
    { name: '电子水泵转子组件', type: 'product', products: ['MA-ROTOR', 'NB-RING-18'] },
  ],
  newEnergy: [
    { name: '6.25 MW 直驱风机磁钢', type: 'product', products: ['NF-38EH-F'] },
    { name: '光伏逆变器磁芯年度框架', type: 'product', products: ['FS-PC95-E'] },
    { name: '储能变流器电感磁芯', type: 'product', products: ['FS-PC95-E', 'FS-SHEET'] },
  ],
  electronics: [
    { name: '耳机充电盒磁钢', type: 'product', products: ['NF-N52-MN', 'NF-N35-D10'] },
    { name: '无线充电隔磁片', type: 'product', products: ['FS-SHEET'] },
    { name: '扬声器磁路升级', type: 'product', products: ['FE-Y35-R', 'NF-N35-D10'] },
  ],
  homeAppliance: [
    { name: '变频压缩机磁钢', type: 'product', products: ['NF-N42SH-W', 'FE-Y30H-W'] },
    { name: '洗衣机直驱电机磁瓦', type: 'product', products: ['FE-Y30H-W'] },
    { name: '吸尘器高速电机磁环', type: 'product', products: ['NB-RING-18', 'NF-RAD-28'] },
  ],
  motors: [
    { name: '伺服电机磁钢配套', type: 'product', products: ['NF-N42SH-W', 'NF-N48H-F'] },
    { name: '高速主轴电机转子', type: 'integration', products: ['MA-ROTOR', 'SC-2617-B'] },
    { name: '空心杯电机磁环', type: 'product', products: ['NF-RAD-28'] },
  ],
  machinery: [
    { name: '曳引机磁钢年度供货', type: 'product', products: ['NF-N42SH-W'] },
    { name: '磁选设备磁系', type: 'engineering', products: ['MA-SEP'] },
    { name: '永磁吸盘生产线改造', type: 'integration', products: ['MA-LIFT', 'SV-DESIGN'] },
  ],
  automation: [
    { name: '直线电机磁轨', type: 'integration', products: ['MA-LINEAR'] },
    { name: '机器人关节电机磁组件', type: 'product', products: ['MA-ROTOR', 'NF-N48H-F'] },
    { name: '磁悬浮输送线', type: 'integration', products: ['MA-LINEAR', 'SV-DESIGN'] },
  ],
  railTransit: [
    { name: '永磁牵引电机磁钢', type: 'engineering', products: ['SC-2617-B', 'NF-38EH-F'] },
    { name: '屏蔽门直线驱动', type: 'integration', products: ['MA-LINEAR', 'MA-ROTOR'] },
  ],
  metallurgy: [
    { name: '尾矿回收磁系改造', type: 'engineering', products: ['MA-SEP'] },
    { name: '废钢吊运永磁起重', type: 'engineering', products: ['MA-LIFT', 'MA-SEP'] },
  ],
  medical: [
    { name: '永磁型磁共振磁体', type: 'integration', products: ['NF-38EH-F', 'SV-DESIGN'] },
    { name: '医用离心机磁驱动', type: 'product', products: ['MA-ROTOR', 'SC-2617-B'] },
    { name: '理疗磁路设计', type: 'service', products: ['SV-DESIGN'] },
  ],
}

/** A customer's need as a title; between Chinese and Latin letters stands a space. */
export const titled = (customer: string, need: string): string => customer + (/\w$/.test(customer) || /^\w/.test(need) ? ' ' : '') + need
