import type { Datum, ImportKind, ImportState } from '../../api/generated/graphql.ts';
import { say, type Text } from '../../say/say.ts';

export const kinds: Record<ImportKind, Text> = {
  ADDRESSES: { zh: '统一地址', en: 'Addresses' }, PREMISES: { zh: '场所', en: 'Premises' }, COMPONENTS: { zh: '部件', en: 'Components' },
  BOUNDARIES: { zh: '区划界线', en: 'Boundaries' }, PEOPLE: { zh: '花名册', en: 'Personnel list' }, GRANTS: { zh: '花名册（批准）', en: 'Personnel list, to grant' },
};

export const states: Record<ImportState, Text> = {
  RUNNING: { zh: '导入中', en: 'Running' }, STOPPED: { zh: '已停止', en: 'Stopped' }, BROKEN: { zh: '中断', en: 'Broke off' }, DONE: { zh: '已完成', en: 'Done' },
};

export const datums: Record<Datum, Text> = {
  WGS84: { zh: 'WGS 84（卫星定位）', en: 'WGS 84' }, GCJ02: { zh: 'GCJ-02（高德、腾讯）', en: 'GCJ-02' }, BD09: { zh: 'BD-09（百度）', en: 'BD-09' }, CGCS2000: { zh: 'CGCS2000（测绘）', en: 'CGCS2000' },
};

const fields: Record<string, Text> = {
  code: { zh: '编码', en: 'Code' }, text: { zh: '标准地址', en: 'Address' }, lon: { zh: '经度', en: 'Longitude' }, lat: { zh: '纬度', en: 'Latitude' }, kind: { zh: '类型', en: 'Kind' },
  building: { zh: '楼栋编码', en: 'Building' }, floors: { zh: '楼层数', en: 'Floors' }, aliases: { zh: '别名', en: 'Other names' }, name: { zh: '名称', en: 'Name' },
  address: { zh: '统一地址编码', en: 'Address code' }, legal_entity: { zh: '法人', en: 'Legal entity' }, credit_code: { zh: '统一社会信用代码', en: 'Credit code' }, risk: { zh: '风险等级', en: 'Risk' },
  category: { zh: '类别编码', en: 'Category' }, approval: { zh: '审图号', en: 'Map approval' }, geometry: { zh: '图形', en: 'Geometry' },
  login: { zh: '登录名', en: 'Sign-in name' }, role: { zh: '岗位', en: 'Role' }, region: { zh: '区划代码', en: 'Region' }, department: { zh: '部门', en: 'Department' }, phone: { zh: '手机', en: 'Telephone' },
  locale: { zh: '语言', en: 'Language' }, duty_grid: { zh: '责任网格', en: 'Duty grid' }, part: { zh: '网格职责', en: 'Part in the grid' }, from: { zh: '到岗日期', en: 'First day' }, until: { zh: '离岗日期', en: 'Last day' },
};

const ofPeople: Record<string, Text> = { name: { zh: '姓名', en: 'Name' } };

/** What a field is called. One that has no words tells itself. */
export function fieldName(name: string, kind: ImportKind): string {
  const known = (kind === 'PEOPLE' || kind === 'GRANTS' ? ofPeople[name] : undefined) ?? fields[name];
  return known ? say(known) : name;
}

/** How far an import is, from 0 to 1; undefined: nobody knows how many rows there are. */
export function share(i: { state: ImportState; rows: number; about: number | null }): number | undefined {
  if (i.state === 'DONE') return 1;
  return i.about ? Math.min(0.99, i.rows / i.about) : undefined;
}

const codes: Record<string, Text> = {
  ROW_BROKEN: { zh: '这一行读不了', en: 'the row cannot be read' }, ROW_RAGGED: { zh: '列数与表头不符', en: 'other columns than the header' }, ROW_ENCODING: { zh: '编码不对', en: 'not text in this encoding' },
  ROW_WITHOUT_VALUE: { zh: '空行', en: 'empty row' }, ROW_NOT_A_POINT: { zh: '不是点', en: 'not a point' }, OUTSIDE_CITY: { zh: '不在本市范围内', en: 'outside the city' }, POSITION_OUTSIDE_CITY: { zh: '不在本市范围内', en: 'outside the city' },
  CELL_OUTSIDE: { zh: '本区划的网格大部分在界外', en: 'a cell of the division lies mostly outside' }, CELL_FOREIGN: { zh: '别处的网格大部分在界内', en: 'a cell of another division lies mostly within' },
  UNKNOWN_REGION: { zh: '没有这个区划', en: 'no such division' }, REGION_TWICE: { zh: '区划写了两次', en: 'the division stands there twice' }, GEOMETRY_INVALID: { zh: '图形不对', en: 'the geometry is wrong' },
  NOT_ALLOWED: { zh: '不归你管理', en: 'not yours to administer' }, LOGIN_TAKEN: { zh: '账号已有人用', en: 'somebody else signs in with it' }, PHONE_MALFORMED: { zh: '电话写法不对', en: 'not a telephone number' },
  ONESELF: { zh: '要由另一位管理员批准', en: 'takes another administrator' }, ROLE_NOT_STAFF: { zh: '没有这个岗位', en: 'no such role' }, DEPARTMENT_UNKNOWN: { zh: '没有这个部门', en: 'no such department' }, REGION_UNKNOWN: { zh: '没有这个区划', en: 'no such division' },
};

/** Why a row was not taken; what has no words here is told as the platform tells it. */
export const why = (code: string, reason: string): string => { const known = codes[code]; return known ? say(known) : reason; };
