/**
 * The administrative divisions of China as lines “code|Chinese|English”, made from the national list; English names are pinyin with the
 * usual words for the kind of division. Used by generate.ts only.
 */
import { areaList } from '@vant/area-data'
import { pinyin } from 'pinyin-pro'

/** Provinces are called abroad as custom has it. */
const provinces: Record<string, string> = {
  11: 'Beijing', 12: 'Tianjin', 13: 'Hebei', 14: 'Shanxi', 15: 'Inner Mongolia', 21: 'Liaoning', 22: 'Jilin', 23: 'Heilongjiang', 31: 'Shanghai', 32: 'Jiangsu', 33: 'Zhejiang', 34: 'Anhui', 35: 'Fujian',
  36: 'Jiangxi', 37: 'Shandong', 41: 'Henan', 42: 'Hubei', 43: 'Hunan', 44: 'Guangdong', 45: 'Guangxi', 46: 'Hainan', 50: 'Chongqing', 51: 'Sichuan', 52: 'Guizhou', 53: 'Yunnan', 54: 'Tibet', 61: 'Shaanxi',
  62: 'Gansu', 63: 'Qinghai', 64: 'Ningxia', 65: 'Xinjiang', 71: 'Taiwan', 81: 'Hong Kong', 82: 'Macao',
}
const kinds: [suffix: RegExp, english: string][] = [
  [/自治州$/, ' Prefecture'], [/自治县$/, ' County'], [/自治旗$/, ' Banner'], [/地区$/, ' Prefecture'], [/盟$/, ' League'], [/新区$/, ' New Area'], [/林区$/, ' Forestry District'],
  [/市$/, ''], [/区$/, ' District'], [/县$/, ' County'], [/旗$/, ' Banner'], [/街道$/, ' Subdistrict'], [/镇$/, ' Town'], [/乡$/, ' Township'],
]
/** Peoples after whom a division is named beside its place. */
const peoples = /(蒙古族|蒙古|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|哈萨克|傣族|黎族|傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族|锡伯|塔吉克|怒族|鄂温克族|保安族|裕固族|独龙族|鄂伦春|普米族|各族)+(?=自治)/

/** 西安 → Xi'an: an apostrophe tells where a syllable without a consonant begins. */
const letters = (name: string) => pinyin(name, { toneType: 'none', type: 'array' }).map((syllable, i) => (i > 0 && /^[aeo]/.test(syllable) ? `'${syllable}` : syllable)).join('').replace(/ü/g, 'u').replace(/^./, (c) => c.toUpperCase())

function english(name: string): string {
  const [suffix, word] = kinds.find(([suffix]) => name.replace(suffix, '').length >= 2 && suffix.test(name)) ?? [/$/, '']
  const place = name.replace(peoples, '').replace(suffix, '')
  return (place === '' ? letters(name) : letters(place)) + word
}

export function regionLines(): string {
  const { province_list, city_list, county_list } = areaList
  const rest = Object.entries({ ...city_list, ...county_list }).map(([code, name]) => [code, name, english(name)])
  const top = Object.entries(province_list).map(([code, name]) => [code, name, provinces[code.slice(0, 2)]!])
  return [...top, ...rest].map((line) => line.join('|')).sort().join('\n')
}
