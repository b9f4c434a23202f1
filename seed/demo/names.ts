/** Names that nobody has, put together from syllables. */
import type { Random } from './random'

const surnames = [...'王李张刘杨赵周吴孙马朱胡郭高罗郑谢宋韩冯于董萧程曹袁邓许傅曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段']
const men = ['建国', '志强', '伟', '文涛', '海波', '俊', '立军', '晓东', '国平', '宏伟', '振华', '永刚', '学文', '子豪', '一鸣', '卫东', '鹏飞', '绍辉', '嘉诚', '泽宇', '锦程', '思远', '广平', '兴旺']
const women = ['丽娟', '敏', '雪梅', '晓燕', '婷', '佳怡', '慧', '玉兰', '静雯', '红霞', '思琪', '雅琴', '丹', '海燕', '欣怡', '秋月', '文静', '梦洁']

export const personName = (random: Random): string => random.pick(surnames) + random.pick(random.chance(0.68) ? men : women)

const first = [...'恒瑞鼎博昊宏锐泰盛嘉精汇凌启铭骏澜朔弘珩']
const second = [...'驰岳腾渊源创信川维诚拓朗峰睿旭邦冠砺越澄']

/** Different two-syllable names of companies. */
export function companySyllables(random: Random, count: number): string[] {
  return random.sample(first.flatMap((a) => second.map((b) => a + b)), count)
}

/** Mobile numbers of a block that is not given out. */
export const mobile = (random: Random): string => `1990000${random.digits(4)}`

const creditAlphabet = [...'0123456789ABCDEFGHJKLMNPQRTUWXY']

/** Looks like a unified social credit code of a company; its check digit is not computed. */
export const creditCode = (random: Random): string =>
  `91${random.pick(['3302', '3205', '3301', '4403', '4419', '3702', '4201'])}00MA${Array.from({ length: 8 }, () => random.pick(creditAlphabet)).join('')}`
