/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Accepting. */
export type AcceptCaseInput = {
  /** The case. */
  case: string;
  /** Who disposes of it: a handler of the department in the case's street. */
  handler: string;
  /** The version that the viewer saw. */
  version?: number | null | undefined;
};

/** An absence to add. */
export type AddAbsenceInput = {
  /** From. */
  from: string;
  /** Whose. */
  person: string;
  /** To, exclusive. */
  to: string;
};

/** A shift to add. */
export type AddShiftInput = {
  /** When it ends; at or before its beginning: on the next day. */
  ends: string;
  /** The first day. */
  from: string;
  /** The grant, which says as what and where. */
  grant: string;
  /** When it begins. */
  starts: string;
  /** On which days it begins, each once. */
  weekdays: Array<Weekday>;
};

/** What somebody may do about an alarm. */
export type AlarmAction =
  /** Say that it is over. */
  | 'CLOSE'
  /** Answer: on my way. */
  | 'COME'
  /** Answer: seen, seeing to it. */
  | 'SEE';

/** How an alarm came about. */
export type AlarmKind =
  /** A timer ran out, and nobody ended it. */
  | 'OVERDUE'
  /** Somebody held the button. */
  | 'SOS';

/** How an alarm ended. */
export type AlarmOutcome =
  /** A timer was ended before it ran out. */
  | 'BACK'
  /** It was a false alarm. */
  | 'FALSE_ALARM'
  /** Handed to the police. */
  | 'HANDED_110'
  /** Handed to the fire service. */
  | 'HANDED_119'
  /** Handed to the ambulance. */
  | 'HANDED_120'
  /** Whoever called is safe. */
  | 'SAFE';

/** How far an alarm has come. */
export type AlarmState =
  /** It is over. */
  | 'ENDED'
  /** It is raised, and presses. */
  | 'RAISED'
  /** A timer runs; only its owner sees it. */
  | 'WAITING';

/** An answer to an alarm. */
export type AnswerAlarmInput = {
  /** The alarm. */
  alarm: string;
  /** Whether one is on one's way; else one has seen it. */
  coming: boolean;
};

/** A grant to ask for. */
export type AskGrantInput = {
  /** What. */
  grant: GrantInput;
  /** For whom; not oneself. */
  person: string;
};

/** Asking for a look on the spot. */
export type AskVerificationInput = {
  /** A grid worker of the place; without it whoever looks after the cell right now. */
  assignee?: string | null | undefined;
  /** The clue. */
  clue: string;
  /** The version that the viewer saw. */
  version?: number | null | undefined;
};

/** Giving an unanswered check to another grid worker. */
export type AssignCheckInput = {
  /** A grid worker of the place who did not fix it; without it the nearest on duty now. */
  assignee?: string | null | undefined;
  /** The case. */
  case: string;
  /** The version that the viewer saw. */
  version?: number | null | undefined;
};

/** A part in a duty grid. */
export type AssignDutyInput = {
  /** The duty grid. */
  grid: string;
  /** The part. A new holder takes the place of the one before. */
  part: DutyPart;
  /** A grid worker of its street. */
  person: string;
};

/** A task to give to somebody. */
export type AssignTaskInput = {
  /** The task. */
  task: string;
  /** A grid worker of the place. */
  to: string;
};

/** Narrows the log; what is left out does not. */
export type AuditFilter = {
  /** How the action begins, such as grant. */
  action?: string;
  /** From. */
  from?: string | null | undefined;
  /** A kind of object, such as person, case, rule_set. */
  object?: string;
  /** One object of that kind. */
  objectId?: string;
  /** What this person did. */
  person?: string | null | undefined;
  /** To, exclusive. */
  to?: string | null | undefined;
};

/** What to take in, and how to read it. */
export type BeginImportInput = {
  /** Also boundaries with which cells disagree. */
  anyway?: boolean;
  /** Map-approval number 审图号 of boundaries whose row has none; empty: those are schematic 示意图. */
  approval?: string;
  /** Chosen columns; other fields are looked for under their usual names. */
  columns?: Array<ImportColumnInput>;
  /** Of the coordinates. */
  datum?: Datum;
  /** A file that the viewer has brought. */
  file: string;
  /** As what. */
  kind: ImportKind;
  /** Of a GeoPackage that has several. */
  layer?: string;
  /** Keeps columns and datum as a profile of this name, in the place of an older one; empty: does not. */
  save?: string;
};

/** A date that does not follow its weekday. */
export type CalendarExceptionInput = {
  /** Which; of a covered year. */
  date: string;
  /** What explanations call it, 1 to 40 characters. */
  name: string;
  /** Open like that weekday. Null: closed. */
  openLike?: Weekday | null | undefined;
};

/** An edit of the newest calendar. A typhoon day 台风停工 is one exception to set. */
export type CalendarInput = {
  /** The version that the edit was made on: STALE_VERSION if another is the newest. */
  basedOn: number;
  /** Dates that follow their weekday again. */
  clear?: Array<string>;
  /** What one working day counts, in hours, in steps of a quarter. */
  dayHours?: number | null | undefined;
  /** Exceptions, which replace what stands on their dates; at most 500. */
  set?: Array<CalendarExceptionInput>;
  /** Replaces all openings of the ordinary week. */
  week?: WorkingWeekInput | null | undefined;
  /** Years that are covered from now on, besides those that are. */
  years?: Array<number>;
};

/** The state of a campaign. */
export type CampaignState =
  /** Over. */
  | 'CLOSED'
  /** It is being closed: what is open is taken off people's hands. */
  | 'ENDING'
  /** Its tasks are being made. */
  | 'GENERATING'
  /** Its tasks can be done. */
  | 'RUNNING';

/** What can be done with a case. */
export type CaseAction =
  /** Accept it and name a handler 接件. */
  | 'ACCEPT'
  /** Let another department assist 增加协办. */
  | 'ADD_ASSISTING'
  /** Answer the check on the spot 核查反馈. */
  | 'ANSWER_CHECK'
  /** Ask for an extension 申请延期. */
  | 'ASK_EXTENSION'
  /** Ask for it to be closed by force 申请强制结案. */
  | 'ASK_FORCE_CLOSE'
  /** Ask for a suspension 申请挂账. */
  | 'ASK_SUSPENSION'
  /** Ask for it to be voided 申请作废. */
  | 'ASK_VOID'
  /** Give the check to another grid worker 改派核查. */
  | 'ASSIGN_CHECK'
  /** Grant an extension 同意延期: the original limit once more. */
  | 'EXTEND'
  /** Send it back to work: the check was failed 返工. */
  | 'FAIL'
  /** Agree that it is closed by force 同意强制结案: never whoever asked. */
  | 'FORCE_CLOSE'
  /** Name another handler, or the first one after an acceptance by silence 指定处置人员. */
  | 'NAME_HANDLER'
  /** Let people see a restricted case 指定知情人. */
  | 'NAME_READERS'
  /** Order a written reply 督办. */
  | 'ORDER_SUPERVISION'
  /** Close it: the check was passed 结案. */
  | 'PASS'
  /** Take it back from the department 收回. */
  | 'RECALL'
  /** Write down that the parties of a dispute were guided 引导. */
  | 'RECORD_GUIDANCE'
  /** Write down a mediation session 调解. */
  | 'RECORD_MEDIATION'
  /** Refuse an extension. */
  | 'REFUSE_EXTENSION'
  /** Do not agree that it is closed by force. */
  | 'REFUSE_FORCE_CLOSE'
  /** Refuse a suspension. */
  | 'REFUSE_SUSPENSION'
  /** Do not agree that it is voided. */
  | 'REFUSE_VOID'
  /** Leave it where it is 不同意退回. */
  | 'REJECT_RETURN'
  /** Hide a restricted case from a reader 撤销知情人. */
  | 'REMOVE_READER'
  /** Open it again 重新立案. */
  | 'REOPEN'
  /** Report the disposal 处置反馈. */
  | 'REPORT'
  /** End a suspension before its time 解挂. */
  | 'RESUME'
  /** Say that it is another department's 申请退回. */
  | 'RETURN'
  /** Route it by hand 人工派遣. */
  | 'ROUTE'
  /** Send the disposal back to the handler 自查退回. */
  | 'SEND_BACK'
  /** Hand the disposal on for a check 送核查. */
  | 'SUBMIT_FOR_CHECK'
  /** Grant a suspension 同意挂账: every clock stands still. */
  | 'SUSPEND'
  /** Agree that it is another department's 同意退回. */
  | 'UPHOLD_RETURN'
  /** Agree that it is voided 同意作废: never whoever asked. */
  | 'VOID'
  /** Take back what one has asked for 撤回申请. */
  | 'WITHDRAW_REQUEST';

/** A case to act on. */
export type CaseActionInput = {
  /** The case. */
  case: string;
  /** A note for the timeline, at most 500 characters. */
  note?: string | null | undefined;
  /** The version that the viewer saw: an older one is refused as stale. */
  version?: number | null | undefined;
};

/** Which cases. */
export type CaseFilter = {
  /** A category's code, or the 2 digits of a major one. */
  category?: string | null | undefined;
  /** A department's code. */
  department?: string | null | undefined;
  /** Due before this time and not yet ended. */
  dueBefore?: string | null | undefined;
  /** Only those named to the viewer. */
  mine?: boolean | null | undefined;
  /** Open (true) or ended (false) ones. */
  open?: boolean | null | undefined;
  /** Only those past their due time. */
  overdue?: boolean | null | undefined;
  /** Division or cell code; the viewer's whole scope without it. */
  region?: string | null | undefined;
  /** Any of these states. */
  states?: Array<CaseState> | null | undefined;
  /** Words that the text contains. */
  text?: string | null | undefined;
};

/** The state of a case 案件. */
export type CaseState =
  /** 核查中: being checked on the spot. */
  | 'CHECKING'
  /** 结案. */
  | 'CLOSED'
  /** 立案: waiting for a department. */
  | 'FILED'
  /** 强制结案: two persons. */
  | 'FORCE_CLOSED'
  /** 已处置: reported as done. */
  | 'REPORTED'
  /** 退回待裁决: the department says that it is not theirs. */
  | 'RETURN_REQUESTED'
  /** 派遣: a department is to accept. */
  | 'ROUTED'
  /** 挂账: suspended, all clocks frozen. */
  | 'SUSPENDED'
  /** 作废: two persons. */
  | 'VOIDED'
  /** 处置中: a handler is named. */
  | 'WORKING';

/** What a category is about. */
export type CategoryKind =
  /** 部件: a city asset. */
  | 'COMPONENT'
  /** 矛盾纠纷: a dispute between people. */
  | 'DISPUTE'
  /** 事件: something that happens. */
  | 'EVENT';

/** An edit of cells: a split, a merge, or another border between them. */
export type CellEditInput = {
  /** The cells that begin: they tile exactly the ground of those that end; at most 50. Without any, that ground is cut along the line; without a line too, the ended cells become one. */
  cells?: Array<CellInput>;
  /** When it happens, at most a year ahead; at once without it. */
  effectiveAt?: string | null | undefined;
  /** Codes of the cells that end: 1 to 50 valid ones of one community that lie side by side. */
  ends: Array<string>;
  /** A line, WGS 84, from border to border, along which the ground of the ended cells is cut: one cell is split, of two the line is the new border. */
  line?: Array<PointInput>;
  /** Why; up to 200 characters. */
  note?: string;
};

/** How far an edit of cells has come. */
export type CellEditState =
  /** The cells have changed, and what lies in them is being moved. */
  | 'APPLYING'
  /** Before its time. */
  | 'CANCELLED'
  /** Nothing is left to move. */
  | 'DONE'
  /** Its time is to come: it can be cancelled. */
  | 'PENDING';

/** A cell that is to begin. */
export type CellInput = {
  /** Who looks after it: a duty grid of the street. Without it, that of the cell which it overlaps most. */
  dutyGrid?: string | null | undefined;
  /** Its outline, WGS 84. Corners within 5 cm of a border are brought to it. */
  shape: GeoJSON.Polygon;
};

/** What lies in a cell and goes with it when the cell ends: places, and work that is not over. */
export type CellWork =
  /** Buildings and units of the address spine. */
  | 'ADDRESS'
  /** 案件 that are not over; restricted ones are counted too. */
  | 'CASE'
  /** 核查 that is not decided. */
  | 'CHECK'
  /** 线索 that no decision was taken on. */
  | 'CLUE'
  /** 部件. */
  | 'COMPONENT'
  /** Open 巡查任务 that go to another cell. */
  | 'INSPECTION'
  /** 巡查任务 that are made because a cell with an open one is parted: each part has one. */
  | 'INSPECTION_ADDED'
  /** Open 巡查任务 whose cell becomes one with another that has a task in the same campaign: one is left. */
  | 'INSPECTION_MERGED'
  /** 场所. */
  | 'PREMISES'
  /** 抽查 that is not answered. */
  | 'REINSPECTION'
  /** 核实 that is not answered. */
  | 'VERIFICATION';

/** The state of a check. */
export type CheckState =
  /** No longer needed. */
  | 'CANCELLED'
  /** Not fixed. */
  | 'FAILED'
  /** Waiting for an answer or a decision. */
  | 'OPEN'
  /** Fixed. */
  | 'PASSED';

/** A password of one's own. */
export type ChoosePasswordInput = {
  /** The new one: 10 to 200 characters, neither the one so far nor the login. */
  chosen: string;
  /** The login. */
  login: string;
  /** The password so far, such as one that an administrator made. */
  password: string;
};

/** A stage of a clue or case that has a clock. */
export type ClockStage =
  /** 受理. */
  | 'ACCEPT'
  /** 求助: somebody has called for help, until it is over. */
  | 'ALARM'
  /** 核查. */
  | 'CHECK'
  /** 派遣. */
  | 'DISPATCH'
  /** 处置. */
  | 'DISPOSE'
  /** 立案. */
  | 'FILE'
  /** 自检: the desk's own check of a disposal. */
  | 'QUALITY'
  /** 督办回复: a written reply to a supervision order. */
  | 'REPLY'
  /** 全程. */
  | 'TOTAL'
  /** 核实. */
  | 'VERIFY';

/** What can be done with a clue. */
export type ClueAction =
  /** Answer a verification. */
  | 'ANSWER_VERIFICATION'
  /** Ask for it to be marked malicious 提请认定恶意上报. */
  | 'ASK_MALICIOUS'
  /** Ask the cell's grid worker to look. */
  | 'ASK_VERIFICATION'
  /** File a case. */
  | 'FILE'
  /** Note that it was put right on the spot. */
  | 'HANDLE_ON_SPOT'
  /** Mark it malicious 认定恶意上报: never whoever asked. */
  | 'MARK_MALICIOUS'
  /** Join it to an open case. */
  | 'MERGE'
  /** Hand it to 110, 119 or another system. */
  | 'REFER'
  /** Refuse it, with a reason. */
  | 'REFUSE'
  /** Do not agree that it is malicious. */
  | 'REFUSE_MALICIOUS'
  /** Keep it for named people 设为受限. */
  | 'RESTRICT'
  /** Take it out of the case again. */
  | 'UNMERGE'
  /** Take back that one has asked. */
  | 'WITHDRAW_MALICIOUS';

/** A clue to act on. */
export type ClueActionInput = {
  /** The clue. */
  clue: string;
  /** The version that the viewer saw: an older one is refused as stale. */
  version?: number | null | undefined;
};

/** Which clues. */
export type ClueFilter = {
  /** A category's code, or the 2 digits of a major one. */
  category?: string | null | undefined;
  /** Division code, 4 to 12 digits; the viewer's whole scope without it. */
  region?: string | null | undefined;
  /** Any of these states; those waiting for triage without it. */
  states?: Array<ClueState> | null | undefined;
  /** Words that the text contains. */
  text?: string | null | undefined;
  /** Only urgent ones, or only others. */
  urgent?: boolean | null | undefined;
};

/** Where a clue came from. */
export type ClueSource =
  /** Nobody that we know; follows by a claim code. */
  | 'ANONYMOUS'
  /** A grid worker 网格员. */
  | 'GRID_WORKER'
  /** A caller of the hotline. */
  | 'HOTLINE'
  /** A sensor, camera analytics, or another system. */
  | 'MACHINE'
  /** A volunteer 志愿者. */
  | 'VOLUNTEER';

/** The state of a clue 线索. */
export type ClueState =
  /** A case was filed 立案. */
  | 'FILED'
  /** Put right on the spot 即办. */
  | 'HANDLED_ON_SPOT'
  /** A malicious report; two persons decided. Its reporter reads that no case was filed. */
  | 'MALICIOUS'
  /** Joined to a case that others reported too. */
  | 'MERGED'
  /** No case 不予立案, with a reason. */
  | 'NOT_FILED'
  /** Handed to 119, 110 or another system. */
  | 'REFERRED'
  /** Waiting for triage. */
  | 'SUBMITTED'
  /** A grid worker was asked to look 核实. */
  | 'VERIFYING';

/** Why an operation conflicts with what stands. */
export type ConflictReason =
  /** What it changes was changed since its author looked. */
  | 'CHANGED'
  /** Its id stands for something else. */
  | 'ID_REUSED'
  /** What it answers is somebody else's by now. */
  | 'TASK_ELSEWHERE'
  /** What it answers was answered or called off meanwhile. */
  | 'TASK_OVER';

/** The state of a conflict. */
export type ConflictState =
  /** What stood there stays. */
  | 'KEPT'
  /** Somebody has to decide. */
  | 'OPEN'
  /** What arrived later made it none. */
  | 'SETTLED'
  /** The handheld's version was carried out. */
  | 'TAKEN';

/** How to reach a reporter. */
export type ContactInput = {
  /** At most 50 characters. */
  name?: string | null | undefined;
  /** E.164, such as +8613800000000. */
  phone?: string | null | undefined;
};

/** Contesting an outcome by a claim code or as the clue's signed-in reporter. */
export type ContestOutcomeInput = {
  /** The claim code; or the clue. */
  claimCode?: string | null | undefined;
  /** The clue, for a signed-in reporter; or the claim code. */
  clue?: string | null | undefined;
  /** What is still wrong, 1 to 500 characters. */
  reason: string;
};

/** The datum 坐标系 that a coordinate is given in. */
export type Datum =
  /** BD-09, as Baidu's maps give it. */
  | 'BD09'
  /** CGCS 2000, the national datum: equal to WGS 84 at this precision. */
  | 'CGCS2000'
  /** GCJ-02 火星坐标, as maps in China give it: 100–700 m off. */
  | 'GCJ02'
  /** WGS 84, as satellite receivers give it. */
  | 'WGS84';

/** Deciding on a check. */
export type DecideCheckInput = {
  /** The case. */
  case: string;
  /** Why, at most 500 characters. */
  note: string;
  /** Whether the closing condition is met. */
  pass: boolean;
  /** The version that the viewer saw. */
  version?: number | null | undefined;
};

/** A decision between two versions. */
export type DecideConflictInput = {
  /** The conflict. */
  conflict: string;
  /** Up to 500 characters. */
  note?: string;
  /** True carries the handheld's version out, by the rules of now; false leaves what stands. */
  take: boolean;
};

/** A decision about a grant. */
export type DecideGrantInput = {
  /** Whether it is granted; it is refused otherwise. */
  grant: boolean;
  /** The request, of somebody else for somebody else. */
  request: string;
};

/** A decision on an operation in quarantine. */
export type DecideHeldInput = {
  /** The operation. */
  operation: string;
  /** Why it is refused, up to 500 characters; needed for a refusal. */
  reason?: string;
  /** True carries it out, as its author's; false refuses it for good. */
  takeIn: boolean;
};

/** Deciding on an open request. */
export type DecideRequestInput = {
  /** The case. */
  case: string;
  /** Whether it is granted. */
  grant: boolean;
  /** Which of its open requests. */
  kind: RequestKind;
  /** Why, at most 500 characters; required where it is not granted. */
  note: string;
  /** The version that the viewer saw. */
  version?: number | null | undefined;
};

/** Deciding on a return. */
export type DecideReturnInput = {
  /** The case. */
  case: string;
  /** Why, at most 500 characters. */
  note: string;
  /** Whether the department is right. */
  uphold: boolean;
  /** The version that the viewer saw. */
  version?: number | null | undefined;
};

/** An account to close. */
export type DisableStaffInput = {
  /** Whose; not one's own. */
  person: string;
  /** Why, 1 to 500 characters. */
  reason: string;
};

/** Throwing a draft away. */
export type DiscardRulesInput = {
  /** The revision that was seen. */
  revision: number;
  /** The draft. */
  version: number;
};

/** How a dispute 矛盾纠纷 ended. */
export type DisputeOutcome =
  /** 上交: it could not be settled in the street. */
  | 'SENT_UP'
  /** 化解. */
  | 'SETTLED'
  /** 撤回: the parties let it rest. */
  | 'WITHDRAWN';

/** How a dispute ended. */
export type DisputeOutcomeInput = {
  /** The outcome. */
  outcome: DisputeOutcome;
  /** Why, at most 500 characters; required for what is sent up. */
  reason?: string;
  /** Where it is sent: for what is sent up, and for nothing else. */
  to?: SentUpTo | null | undefined;
};

/** Beginning a draft. */
export type DraftRulesInput = {
  /** The version that it is a copy of. */
  from: number;
  /** Why, 1 to 500 characters. */
  note: string;
};

/** What somebody is to a duty grid. */
export type DutyPart =
  /** Looks after it. */
  | 'HOLDER'
  /** When the holder is not on duty. */
  | 'STAND_IN';

/** Replacing a draft's rules. */
export type EditRulesInput = {
  /** Why, 1 to 500 characters. */
  note: string;
  /** The revision that the editor saw. */
  revision: number;
  /** All of its rules, in the order in which they are tried. */
  rules: Array<RoutingRuleInput>;
  /** The draft. */
  version: number;
};

/** How an alarm ended. */
export type EndAlarmInput = {
  /** The alarm. */
  alarm: string;
  /** At most 500 characters. */
  note?: string;
  /** Any but BACK. */
  outcome: AlarmOutcome;
};

/** Whose part in a duty grid ends. */
export type EndDutyInput = {
  /** The duty grid. */
  grid: string;
  /** Whose. */
  person: string;
};

/** Filing a clue as a case. */
export type FileClueInput = {
  /** The clue. */
  clue: string;
  /** Who else may see a restricted case; with whoever files it, a duty lead of the street is among them. */
  readers?: Array<string>;
  /** Hides the case from everybody but whoever files it and the readers; so does a restricted clue or category, whatever is said here. */
  restricted?: boolean;
  /** The row of the current filing standard whose condition is met; it decides the category. */
  standard: string;
  /** The version that the viewer saw. */
  version?: number | null | undefined;
};

/** What somebody is to be. */
export type GrantInput = {
  /** A department's code, for desks and handlers. */
  department?: string;
  /** A region's code; it covers everything whose code starts with it. */
  region: string;
  /** Neither volunteer nor integration. */
  role: Role;
};

/** A clue that was put right on the spot. */
export type HandleClueInput = {
  /** The clue. */
  clue: string;
  /** What was done, 1 to 500 characters; the reporter reads it. */
  note: string;
  /** The version that the viewer saw. */
  version?: number | null | undefined;
};

/** The state of an operation in quarantine. */
export type HeldState =
  /** A duty lead has to decide. */
  | 'OPEN'
  /** It was refused. */
  | 'REFUSED'
  /** It was carried out. */
  | 'TAKEN_IN';

/** Why a task is given back. */
export type Hindrance =
  /** The place has closed down, or is not there. */
  | 'CLOSED_DOWN'
  /** Nobody was there. */
  | 'NOBODY_THERE'
  /** It is not of their grid. */
  | 'NOT_MINE'
  /** There is no time. */
  | 'NO_TIME'
  /** What the note says. */
  | 'OTHER'
  /** Entry was refused. */
  | 'REFUSED_ENTRY'
  /** It is not safe. */
  | 'UNSAFE';

/** A form to bring in. */
export type ImportChecklistInput = {
  /** The XLSX with the sheets survey, choices and settings (XLSForm), in base64: at most 180 KB of it fit into a request. */
  file: string;
  /** Whether to publish it where nothing speaks against it; without it the form is only tried. */
  publish?: boolean;
};

/** Which column a field is to be read from. */
export type ImportColumnInput = {
  /** The column. */
  column: string;
  /** The field. */
  field: string;
};

/** What a file of another office is taken in as. */
export type ImportKind =
  /** The address spine 统一地址. */
  | 'ADDRESSES'
  /** Surveyed boundaries of divisions 行政区划界线. */
  | 'BOUNDARIES'
  /** Components 部件. */
  | 'COMPONENTS'
  /** The same list from another administrator, which grants what was asked for with it. */
  | 'GRANTS'
  /** A personnel list 花名册: whoever is new is registered, and what they are to be is asked for. */
  | 'PEOPLE'
  /** Premises 场所. */
  | 'PREMISES';

/** Which file to look at, and how to read it. */
export type ImportLookInput = {
  /** Chosen columns; other fields are looked for under their usual names. */
  columns?: Array<ImportColumnInput>;
  /** A file that the viewer has brought: its id was told when it had arrived. */
  file: string;
  /** As what it is to be taken in. */
  kind: ImportKind;
  /** Of a GeoPackage that has several. */
  layer?: string;
};

/** How far an import has come. */
export type ImportState =
  /** It cannot be taken in any further: its code says why. */
  | 'BROKEN'
  /** Every row was dealt with. */
  | 'DONE'
  /** It is being taken in, or waits for its turn. */
  | 'RUNNING'
  /** Somebody has stopped it, or its command line has. What was stored stays. */
  | 'STOPPED';

/** What figures are told apart by. People are none of it. */
export type IndicatorDimension =
  /** The category. */
  | 'CATEGORY'
  /** The day. */
  | 'DAY'
  /** The department that leads, or led. */
  | 'DEPARTMENT'
  /** What lies directly in the region. */
  | 'REGION'
  /** One group. */
  | 'TOGETHER';

/** The cases behind which side of a number. */
export type IndicatorPart =
  /** Below the line: those that were due, say. */
  | 'DENOMINATOR'
  /** Above the line: those that were closed, say. */
  | 'NUMERATOR'
  /** Below the line and not above it: those that are due and not closed, say. */
  | 'REST';

/** Which figures. */
export type IndicatorsInput = {
  /** What they are told apart by. */
  by?: IndicatorDimension;
  /** Code of a category, 2 or 4 digits; empty: all. */
  category?: string;
  /** Code of a department; empty: all. */
  department?: string;
  /** The first day, by the city's calendar. */
  from: string;
  /** Only these measures, by their keys; empty: all. */
  measures?: Array<string>;
  /** Code of a division; empty: the viewer's whole reach. */
  region?: string;
  /** The last day. What is due later today counts as due today. */
  to: string;
};

/** What is visited. */
export type InspectedPlaces =
  /** Every cell. */
  | 'CELLS'
  /** Premises 场所. */
  | 'PREMISES';

/** How a question of a checklist is answered. */
export type ItemKind =
  /** One of the item's choices. */
  | 'CHOICE'
  /** One or more of the item's choices. */
  | 'CHOICES'
  /** A position of its own 定位, such as of a valve. */
  | 'LOCATION'
  /** Not at all: words to read. */
  | 'NOTE'
  /** A number in the item's unit. */
  | 'NUMBER'
  /** Pass, fail or not applicable. */
  | 'PASS_FAIL'
  /** A photo. */
  | 'PHOTO'
  /** A signature 签名: a picture that is shown as an original only. */
  | 'SIGNATURE'
  /** Words. */
  | 'TEXT';

/** What a step of a ladder does. */
export type LadderAction =
  /** 逾期视为接件: the case counts as accepted by silence. */
  | 'DEEM_ACCEPTED'
  /** 提级: the case moves up one priority. */
  | 'RAISE_PRIORITY'
  /** 请改派: asks the audience to give the work to somebody else. */
  | 'REASSIGN'
  /** 红牌. */
  | 'RED_CARD'
  /** 催办: a message. */
  | 'REMIND'
  /** 请签收: a message that has to be acknowledged. */
  | 'REQUIRE_ACKNOWLEDGEMENT'
  /** 逾期自动提交核查: the disposal goes to the check by itself. */
  | 'SUBMIT_FOR_CHECK'
  /** 督办: an order that has to be acknowledged and replied to. */
  | 'SUPERVISION_ORDER'
  /** 黄牌 against the department that is late. */
  | 'YELLOW_CARD';

/** Who hears of a step. */
export type LadderAudienceInput = {
  /** A department's code, or own; none for a role outside departments. */
  department?: string | null | undefined;
  /** How far up they are looked for. */
  level: LadderLevel;
  /** Their role. */
  role: Role;
};

/** The n-th time that something happens in a round. */
export type LadderEventInput = {
  /** Which time, from 1. */
  count: number;
  /** What. */
  occasion: LadderOccasion;
};

/** How far above the cell an audience is looked for. */
export type LadderLevel =
  /** 市. */
  | 'CITY'
  /** 社区. */
  | 'COMMUNITY'
  /** 区. */
  | 'DISTRICT'
  /** The very person: the case's handler, or the grid worker of the open check or verification. */
  | 'NAMED'
  /** 街道. */
  | 'STREET';

/** What happens to a case, and may press by itself. */
export type LadderOccasion =
  /** The n-th clue stands behind the case. */
  | 'MERGED'
  /** The n-th return request 退回 of the round. */
  | 'RETURNED'
  /** The n-th failed check 返工 of the round. */
  | 'REWORKED'
  /** The n-th acknowledgement 签收 of the step's stage ran out in the round, and nothing had happened to the case. */
  | 'SILENT'
  /** The department kept silent past the accept clock. */
  | 'UNACCEPTED';

/** Whether a step's text messages may be held back. Limits in urgent hours know no quiet. */
export type LadderQuiet =
  /** They go out at once. */
  | 'BREAK'
  /** The quiet rule holds: night, bundling, caps. */
  | 'RESPECT';

/** How a step fires again: by a percentage or by an offset. */
export type LadderRepeatInput = {
  /** Between two firings, at least a minute. */
  offset?: string | null | undefined;
  /** Of the limit, between two firings. */
  percent?: number | null | undefined;
  /** Firings after the first, 1 to 100. */
  times: number;
};

/** One step: when, whom, what. */
export type LadderStepInput = {
  /** How long an acknowledgement keeps its nagging silent, a minute to a week; half an hour without it. */
  ackQuiet?: string | null | undefined;
  /** What it does. */
  action: LadderAction;
  /** 1 to 8 audiences. */
  audience: Array<LadderAudienceInput>;
  /** The stage whose clock it belongs to. */
  clock: ClockStage;
  /** Whether its text messages may be held back. */
  quiet: LadderQuiet;
  /** Whether and how it fires again. */
  repeat?: LadderRepeatInput | null | undefined;
  /** When it fires. */
  trigger: LadderTriggerInput;
};

/** When a step fires: exactly one of the three. */
export type LadderTriggerInput = {
  /** Something that happens, whatever the time. */
  event?: LadderEventInput | null | undefined;
  /** From the limit's end; negative before it. */
  offset?: string | null | undefined;
  /** Of the clock's limit, 1 to 1000. */
  percent?: number | null | undefined;
};

/** The unit of a limit. */
export type LimitUnit =
  /** 自然日: 24 hours of wall time. */
  | 'CALENDAR_DAY'
  /** 紧急工作时: runs day and night. */
  | 'URGENT_HOUR'
  /** 工作日: the day's working hours, 8 by default. */
  | 'WORKING_DAY'
  /** 工作时: runs in working time. */
  | 'WORKING_HOUR';

/** Asking for something that somebody else decides. */
export type MakeRequestInput = {
  /** The case. */
  case: string;
  /** What is asked for. */
  kind: RequestKind;
  /** Why, 1 to 500 characters. */
  reason: string;
  /** The end of a suspension, within a year; nothing for the others. */
  until?: string | null | undefined;
  /** The version that the viewer saw: an older one is refused as stale. */
  version?: number | null | undefined;
};

/** What a measure's value is given in. */
export type MeasureUnit =
  /** A share; usually 0 to 1. */
  | 'RATIO'
  /** Seconds by the wall, without suspensions. */
  | 'SECOND';

/** Joining a clue to a case. */
export type MergeClueInput = {
  /** The open case. */
  case: string;
  /** The clue. */
  clue: string;
  /** The version that the viewer saw. */
  version?: number | null | undefined;
};

/** The cases behind a difference. */
export type MovedCasesInput = {
  /** Filed from. */
  from: string;
  /** Code of a division or a cell; empty: the whole city. */
  region?: string;
  /** Filed until. */
  to: string;
  /** The version, a draft or another. */
  version: number;
  /** The department's code; null: the dispatchers' queue. */
  was?: string | null | undefined;
  /** The department's code; null: the dispatchers' queue. */
  would?: string | null | undefined;
};

/** A task to offer. */
export type OfferTaskInput = {
  /** At most 500 characters. */
  note?: string;
  /** The task. */
  task: string;
  /** A grid worker of the place. */
  to: string;
};

/** A time of day during which working clocks run. */
export type OpeningInput = {
  /** From, inclusive. */
  from: string;
  /** To, exclusive. */
  to: string;
};

/** What an operation of a handheld does. */
export type OperationKind =
  /** Somebody answers a call for help. */
  | 'ALARM_ANSWER'
  /** A call for help is over. */
  | 'ALARM_END'
  /** Somebody calls for help. */
  | 'ALARM_RAISE'
  /** The evidence of a check. */
  | 'CHECK_ANSWER'
  /** A report. */
  | 'CLUE_SUBMIT'
  /** What was done about a case. */
  | 'DISPOSAL_REPORT'
  /** The answers of an inspection task. */
  | 'INSPECTION_SUBMIT'
  /** Fields of premises that are otherwise than they were. */
  | 'PREMISES_UPDATE'
  /** A colleague's offer of a task is accepted or declined. */
  | 'TASK_ANSWER_OFFER'
  /** A task of one's own duty grid is taken. */
  | 'TASK_CLAIM'
  /** A task is given back, and why. */
  | 'TASK_GIVE_BACK'
  /** Somebody goes somewhere alone, and says until when to expect them back. */
  | 'TIMER_BEGIN'
  /** They are back. */
  | 'TIMER_END'
  /** They stay longer. */
  | 'TIMER_EXTEND'
  /** The answer to a verification. */
  | 'VERIFICATION_ANSWER';

/** Why a photo is not simply believed 疑点. */
export type PhotoDoubt =
  /** Handed in more than 300 m from the place, and its file does not say where it was taken. */
  | 'DEVICE_AWAY'
  /** The device said that its position was simulated. */
  | 'MOCKED_POSITION'
  /** Neither its file nor the device says where. What a report's device says is the place of the report, and tells nothing about its photos. */
  | 'NO_SHOT_PLACE'
  /** Neither its file nor the device says when it was taken. */
  | 'NO_SHOT_TIME'
  /** Taken more than 300 m from the place that it is about, by the camera's position. */
  | 'SHOT_AWAY'
  /** Taken more than 24 h before it was handed in, by the camera's clock. */
  | 'SHOT_BEFORE'
  /** Taken more than 3 km from it. */
  | 'SHOT_FAR_AWAY'
  /** Taken more than 5 minutes after it was handed in. */
  | 'SHOT_IN_FUTURE'
  /** Taken more than 30 days before. */
  | 'SHOT_LONG_BEFORE'
  /** Something else has the same picture, from before. */
  | 'USED_BEFORE';

/** How far a photo can be believed 可信度. It refuses nothing and moves nothing: people decide. */
export type PhotoGrade =
  /** One thing speaks against it 存疑. */
  | 'DOUBTFUL'
  /** Two independent things do, or one that leaves little doubt 不可信. */
  | 'IMPLAUSIBLE'
  /** It says when and where it was taken, and nothing speaks against it 可信. */
  | 'PLAUSIBLE'
  /** Nothing speaks against it, and it does not say when, or where 无从判断. */
  | 'UNKNOWN';

/** A photo that is, or will be, uploaded to /field/v1/uploads under this id. Order does not matter: bytes may come first or last. */
export type PhotoInput = {
  /** Made by the client (UUIDv7). */
  id: string;
  /** Of the bytes as uploaded. */
  sha256: string;
};

/** The state of a photo. */
export type PhotoState =
  /** Announced; its bytes have not arrived. */
  | 'DECLARED'
  /** Its copy can be shown. */
  | 'READY'
  /** Arrived; its copy is being made. */
  | 'RECEIVED'
  /** Not a picture that can be shown; the rest of the report stands. */
  | 'REJECTED';

/** A plan to make, or to try out. */
export type PlanInput = {
  /** The checklist, in the version to use. */
  checklist: string;
  /** Only premises of this kind. */
  kind?: string | null | undefined;
  /** 1 to 100 characters. */
  name: string;
  /** What is visited. */
  places: InspectedPlaces;
  /** Division code, 4 to 12 digits. */
  region: string;
  /** One for each grade of risk that is visited, or a single one without a grade. */
  rhythms: Array<PlanRhythmInput>;
  /** When periods may begin; none: all year. */
  season?: PlanSeasonInput | null | undefined;
  /** First day of the first period, at most a year ago: the period under way gets its tasks at once. */
  startsOn: string;
};

/** How often places are visited. */
export type PlanRhythmInput = {
  /** So many units are one period, 1 to 366. */
  every: number;
  /** The grade of the premises that are visited like this; none: every place, and then it stands alone. */
  risk?: Risk | null | undefined;
  /** The unit. */
  unit: PlanUnit;
};

/** The part of the year in which periods begin; it may run over the new year. */
export type PlanSeasonInput = {
  /** Its first day, month and day, such as 04-15. */
  from: string;
  /** Its last day, month and day. */
  until: string;
};

/** What the periods of a plan are made of. */
export type PlanUnit =
  /** Days. */
  | 'DAY'
  /** Months from the plan's first day; a shorter month's last day stands for the days that it lacks. */
  | 'MONTH'
  /** Weeks of seven days from the plan's first day. */
  | 'WEEK';

/** A point, WGS 84. */
export type PointInput = {
  /** Latitude, degrees. */
  lat: number;
  /** Longitude, degrees. */
  lon: number;
};

/** A position as the device gives it. The raw value is kept; the canonical one is WGS 84. */
export type PositionInput = {
  /** Radius of uncertainty, metres, 68 %. */
  accuracy: number;
  /** When it was taken, by the device's clock; at most 5 minutes ahead of the server's. */
  capturedAt: string;
  /** The datum of both. */
  datum: Datum;
  /** Latitude in degrees of the datum, −90 to 90. */
  lat: number;
  /** Longitude in degrees of the datum, −180 to 180. */
  lon: number;
  /** Whether the device says that the position is simulated. Kept as evidence, never a refusal. */
  mocked: boolean;
  /** How it was found. */
  source: PositionSource;
};

/** How a position was found. */
export type PositionSource =
  /** An address looked up. */
  | 'ADDRESS'
  /** Satellites. */
  | 'GNSS'
  /** A pin dragged on a map. */
  | 'MAP_PIN'
  /** Cell towers or wireless networks. */
  | 'NETWORK';

/** Whose codes are printed. */
export type PrintVisitCodesInput = {
  /** Codes of premises, 1 to 200, each once. */
  premises: Array<string>;
};

/** A ladder's next version. */
export type PublishLadderInput = {
  /** Its code, 1 to 40 lower-case letters, digits and underscores; a new one makes a new ladder. */
  code: string;
  /** English name. */
  nameEn: string;
  /** Chinese name. */
  nameZh: string;
  /** 1 to 50 steps; those of one stage in the order in which they are due. */
  steps: Array<LadderStepInput>;
};

/** Putting a draft into effect. */
export type PublishRulesInput = {
  /** From when on; at once without it. */
  effectiveFrom?: string | null | undefined;
  /** The revision that was seen. */
  revision: number;
  /** The draft. */
  version: number;
};

/** The next quiet rule. It holds at once, also for what waits already. */
export type QuietRuleInput = {
  /** 1 to 60. */
  bundleMinutes: number;
  /** When the night begins, in the city's time, such as 21:30. */
  nightBegins: string;
  /** When the night ends; the same as it begins: there is none. */
  nightEnds: string;
  /** As many as in an hour at least, at most 10 000. */
  perDay: number;
  /** 1 to 1000. */
  perHour: number;
};

/** Rating an outcome by a claim code or as the clue's signed-in reporter. */
export type RateOutcomeInput = {
  /** The claim code; or the clue. */
  claimCode?: string | null | undefined;
  /** The clue, for a signed-in reporter; or the claim code. */
  clue?: string | null | undefined;
  /** What there is to say, at most 500 characters. */
  comment?: string;
  /** 1 to 5, 5 is best. */
  score: number;
};

/** How far a rederivation has come. */
export type RederivationState =
  /** Every open clock stands on the version. */
  | 'DONE'
  /** Batch by batch. */
  | 'RUNNING'
  /** A newer version was published: its rederivation does the rest. */
  | 'SUPERSEDED';

/** A clue that another service has to act on. */
export type ReferClueInput = {
  /** The clue. */
  clue: string;
  /** At most 500 characters, and which system where it is another one; the reporter reads it. */
  note?: string | null | undefined;
  /** Who has it now. */
  to: ReferralService;
  /** The version that the viewer saw. */
  version?: number | null | undefined;
};

/** Whom a clue can be referred to. */
export type ReferralService =
  /** 119: fire and rescue. */
  | 'FIRE_119'
  /** Another system, named in the note. */
  | 'OTHER'
  /** 110: police. */
  | 'POLICE_110';

/** A clue that makes no case. */
export type RefuseClueInput = {
  /** The clue. */
  clue: string;
  /** Why, 1 to 500 characters; the reporter reads it. */
  reason: string;
  /** The version that the viewer saw. */
  version?: number | null | undefined;
};

/** The level of a division. */
export type RegionLevel =
  /** 市, 4 digits. */
  | 'CITY'
  /** 社区, 12 digits. */
  | 'COMMUNITY'
  /** 区, 6 digits. */
  | 'DISTRICT'
  /** 街道, 9 digits. */
  | 'STREET';

/** Somebody new. */
export type RegisterStaffInput = {
  /** What they begin as. Another administrator has to grant it. */
  grant: GrantInput;
  /** zh or en. */
  locale: string;
  /** 3 to 64 of a–z, 0–9, dot, hyphen and underscore. */
  login: string;
  /** 1 to 60 characters. */
  name: string;
  /** Of the office or the handheld, E.164. */
  phone?: string | null | undefined;
};

/** Past cases to try rules on. */
export type ReplayInput = {
  /** Filed from. */
  from: string;
  /** Code of a division or a cell; empty: the whole city. */
  region?: string;
  /** Filed until. */
  to: string;
  /** The version, a draft or another. */
  version: number;
};

/** Reporting a disposal. */
export type ReportDisposalInput = {
  /** Why it was made from farther than 100 m, or without a position. */
  awayReason?: string | null | undefined;
  /** The case. */
  case: string;
  /** Made by the client (UUIDv7), the key of idempotency. */
  id: string;
  /** How a dispute ended: required for one, and for nothing else; not for a child. */
  outcome?: DisputeOutcomeInput | null | undefined;
  /** 1 to 9 photos of the result. */
  photos: Array<PhotoInput>;
  /** Where the report was made. */
  position?: PositionInput | null | undefined;
  /** What was done, 1 to 2 000 characters. */
  text: string;
  /** The version that the viewer saw. */
  version?: number | null | undefined;
};

/** What one person asks for in a case, and another one decides 申请. */
export type RequestKind =
  /** 延期: the disposal gets its original limit once more. The department's desk asks, the street decides. */
  | 'EXTENSION'
  /** 强制结案: the case closes without a passed check. A duty lead asks, another one or a supervisor decides. */
  | 'FORCE_CLOSE'
  /** 挂账: every clock of the case stands still until an end. The department's desk asks, the street decides. */
  | 'SUSPENSION'
  /** 作废: the case ends as if it had not been. A duty lead asks, another one or a supervisor decides. */
  | 'VOID';

/** How far a request has come. */
export type RequestState =
  /** Nobody has decided. */
  | 'ASKED'
  /** It was granted. */
  | 'GRANTED'
  /** The case moved on before anybody decided. */
  | 'OVERTAKEN'
  /** It was refused. */
  | 'REFUSED'
  /** Whoever asked took it back. */
  | 'WITHDRAWN';

/** "Not ours". */
export type ReturnCaseInput = {
  /** The rule cited, 1 to 500 characters. */
  basis: string;
  /** The case. */
  case: string;
  /** Whose it is instead. */
  proposed: string;
  /** The version that the viewer saw. */
  version?: number | null | undefined;
};

/** A device to take out of use. */
export type RevokeDeviceInput = {
  /** The device. */
  device: string;
  /** Why, up to 500 characters. */
  reason: string;
};

/** How risky premises are 风险等级, which sets how often they are visited. */
export type Risk =
  /** The lowest grade. */
  | 'BLUE'
  /** The second grade. */
  | 'ORANGE'
  /** The highest grade. */
  | 'RED'
  /** The third grade. */
  | 'YELLOW';

/** A role 角色. */
export type Role =
  /** 管理员: cells, people, standards, rules; no reporters. */
  | 'ADMIN'
  /** 部门收件台: cases routed to a department in a region. */
  | 'DEPARTMENT_DESK'
  /** 街道派遣员: triage and dispatch of a street. */
  | 'DISPATCHER'
  /** 值班长: second decisions of a street. */
  | 'DUTY_LEAD'
  /** 网格员: own cells, tasks given to them. */
  | 'GRID_WORKER'
  /** 处置人员: cases named to them. */
  | 'HANDLER'
  /** 对接系统: another system, by its key. */
  | 'INTEGRATION'
  /** 督查: everything in a district or the city, read. */
  | 'SUPERVISOR'
  /** 志愿者: own clues. */
  | 'VOLUNTEER';

/** Going back to earlier rules. */
export type RollbackRulesInput = {
  /** Why, 1 to 500 characters. */
  note: string;
  /** A version that was in effect before. */
  to: number;
};

/** Routing by hand. */
export type RouteCaseInput = {
  /** Departments that assist: a child is opened for each. */
  assisting?: Array<string>;
  /** The case. */
  case: string;
  /** The department that leads. */
  department: string;
  /** Why, at most 500 characters. */
  note: string;
  /** The version that the viewer saw. */
  version?: number | null | undefined;
};

/** A rule as an administrator writes it. */
export type RoutingRuleInput = {
  /** Its code, 1 to 40 characters. */
  code: string;
  /** What a case has to meet. */
  conditions: RuleConditionsInput;
  /** English name. */
  nameEn: string;
  /** Chinese name. */
  nameZh: string;
  /** Where it goes then. */
  outcome: RuleOutcomeInput;
};

/** Conditions of a rule. One that is left out holds always. */
export type RuleConditionsInput = {
  /** Beginnings of category codes, 2 or 4 digits. */
  categories?: Array<string> | null | undefined;
  /** When it was filed. */
  hours?: RuleHoursInput | null | undefined;
  /** Kinds of places. */
  placeKinds?: Array<string> | null | undefined;
  /** Codes of divisions, communities or cells. */
  regions?: Array<string> | null | undefined;
  /** clue or inspection. */
  sources?: Array<string> | null | undefined;
  /** Whether the case is urgent. */
  urgent?: boolean | null | undefined;
  /** On which days of the week. */
  weekdays?: Array<Weekday> | null | undefined;
};

/** A daily time. */
export type RuleHoursInput = {
  /** 0 to 23, inclusive. */
  from: number;
  /** 1 to 24, exclusive. */
  to: number;
};

/** Where a rule sends a case. */
export type RuleOutcomeInput = {
  /** Departments that assist. */
  assisting?: Array<string>;
  /** The department that leads. */
  department: string;
  /** The escalation ladder. */
  ladder: string;
  /** 1 highest to 4. */
  priority: number;
  /** The position of the filing standard that holds instead; 0 keeps the one filed under. */
  standard?: number;
};

/** How far a rule set has come. */
export type RuleSetState =
  /** Edited, and decides nothing. */
  | 'DRAFT'
  /** Decides from its effective time on, until a later one does. */
  | 'PUBLISHED'
  /** Taken back before it came into effect. */
  | 'RETIRED';

/** How grave a finding is. */
export type RuleSeverity =
  /** Keeps the rules from being published. */
  | 'ERROR'
  /** Somebody should look. */
  | 'WARNING';

/** Why a stretch of time counts or does not. */
export type SegmentReason =
  /** Day and night: counts. */
  | 'AROUND_THE_CLOCK'
  /** Between two openings of a day. */
  | 'BREAK'
  /** A holiday. */
  | 'HOLIDAY'
  /** A working day that makes up for a holiday 调休: counts. */
  | 'MAKE_UP_WORKDAY'
  /** Between closing and opening. */
  | 'NIGHT'
  /** Working time: counts. */
  | 'OPEN'
  /** Suspended. */
  | 'PAUSE'
  /** Saturday or Sunday. */
  | 'WEEKEND';

/** Where a dispute was sent that could not be settled. */
export type SentUpTo =
  /** 法院. */
  | 'COURT'
  /** 区级. */
  | 'DISTRICT';

/** How grave a finding is. */
export type Severity =
  /** 一般隐患. */
  | 'GENERAL'
  /** 重大隐患. */
  | 'MAJOR';

/** A login with its password. */
export type SignInInput = {
  /** The login; upper and lower case are one. */
  login: string;
  /** The password. */
  password: string;
};

/** Narrows the list of the staff; what is left out does not. */
export type StaffFilter = {
  /** The department of a grant, by its code. */
  department?: string;
  /** Closed accounts instead of open ones. */
  disabled?: boolean;
  /** A region in which a grant lies, by its code. */
  region?: string;
  /** Granted now. */
  role?: Role | null | undefined;
  /** A piece of the name or of the login. */
  text?: string;
};

/** A campaign to start. */
export type StartCampaignInput = {
  /** The checklist, in the version to use. */
  checklist: string;
  /** By when, in the future. */
  dueAt: string;
  /** Only premises of this kind. */
  kind?: string | null | undefined;
  /** 1 to 100 characters. */
  name: string;
  /** What is visited. */
  places?: InspectedPlaces;
  /** Division code, 4 to 12 digits. */
  region: string;
  /** Only premises of this grade. */
  risk?: Risk | null | undefined;
};

/** How far back a playback goes. */
export type Stretch =
  /** 24 hours, by the hour. */
  | 'LAST_24_HOURS'
  /** 30 days, by the day. */
  | 'LAST_30_DAYS';

/** A clue to report. */
export type SubmitClueInput = {
  /** Report without one's name although signed in. */
  anonymous?: boolean;
  /** A category's code, 4 digits, if the reporter knows it. */
  category?: string | null | undefined;
  /** How to reach an anonymous reporter who wishes it: sealed before it is stored, readable by no server. */
  contact?: ContactInput | null | undefined;
  /** Made by the client (UUIDv7), the key of idempotency: the same id with the same content is answered like the first time; with other content it is refused. */
  id: string;
  /** At most 9. */
  photos?: Array<PhotoInput>;
  /** Where it is. */
  position: PositionInput;
  /** At most 2 000 characters; may be empty beside a photo. */
  text: string;
};

/** A step of a task from hand to hand. */
export type TaskEventKind =
  /** The colleague took it over. */
  | 'ACCEPTED'
  /** A dispatcher gave it to somebody. */
  | 'ASSIGNED'
  /** Somebody of the duty grid took it. */
  | 'CLAIMED'
  /** The colleague did not. */
  | 'DECLINED'
  /** It went back to the dispatchers. */
  | 'GIVEN_BACK'
  /** Its holder asked a colleague to take it over. */
  | 'OFFERED'
  /** The offer was taken back. */
  | 'WITHDRAWN';

/** What became of a clue, in words for its reporter. */
export type TrackOutcome =
  /** 结案: put right and checked. */
  | 'CLOSED'
  /** 强制结案. */
  | 'FORCE_CLOSED'
  /** 即办: put right on the spot. */
  | 'HANDLED_ON_SPOT'
  /** 不予立案: no case was made of it. */
  | 'NOT_FILED'
  /** 转办: handed to 119, 110 or another system. */
  | 'REFERRED'
  /** 作废. */
  | 'VOIDED';

/** How far a clue is, like a parcel. */
export type TrackStage =
  /** 核实: being checked on the spot. */
  | 'CHECKING'
  /** 评价: done. */
  | 'CLOSED'
  /** 办理: with a department. */
  | 'IN_WORK'
  /** 收集: acknowledged. */
  | 'RECEIVED'
  /** 分拨: somebody decides, or finds the department. */
  | 'TRIAGE';

/** Why a task was not reached. */
export type UnreachedReason =
  /** The place has closed down, or is not there. */
  | 'CLOSED_DOWN'
  /** Nobody was there. */
  | 'NOBODY_THERE'
  /** Whoever had it did not do it. */
  | 'NOT_DONE'
  /** It was not of the grid of whoever had it. */
  | 'NOT_MINE'
  /** There was no time, said whoever gave it back. */
  | 'NO_TIME'
  /** What the note of whoever gave it back says. */
  | 'OTHER'
  /** Entry was refused. */
  | 'REFUSED_ENTRY'
  /** Nobody had it. */
  | 'UNASSIGNED'
  /** It is not safe. */
  | 'UNSAFE';

/** The state of a verification. */
export type VerifyState =
  /** No longer needed. */
  | 'CANCELLED'
  /** It is so. */
  | 'CONFIRMED'
  /** Waiting for an answer. */
  | 'OPEN'
  /** It is not so. */
  | 'REFUTED';

/** What a code that was read during an inspection turned out to be. */
export type VisitVerdict =
  /** It hangs, or hung, at other premises. */
  | 'ELSEWHERE'
  /** It hangs where the inspection was. */
  | 'HERE'
  /** Nothing of ours. */
  | 'UNKNOWN'
  /** It hung there, and had been withdrawn when it was read. */
  | 'WITHDRAWN';

/** A day of the week. */
export type Weekday =
  /** 星期五. */
  | 'FRIDAY'
  /** 星期一. */
  | 'MONDAY'
  /** 星期六. */
  | 'SATURDAY'
  /** 星期日. */
  | 'SUNDAY'
  /** 星期四. */
  | 'THURSDAY'
  /** 星期二. */
  | 'TUESDAY'
  /** 星期三. */
  | 'WEDNESDAY';

/** Taking back an open request of one's own. */
export type WithdrawRequestInput = {
  /** The case. */
  case: string;
  /** Which of its open requests. */
  kind: RequestKind;
  /** The version that the viewer saw. */
  version?: number | null | undefined;
};

/** Whose code is withdrawn. */
export type WithdrawVisitCodeInput = {
  /** Code of the premises. */
  premises: string;
};

/** When an ordinary week is open; a day that is left out is a day of rest. */
export type WorkingWeekInput = {
  /** 星期五. */
  friday?: Array<OpeningInput>;
  /** 星期一. */
  monday?: Array<OpeningInput>;
  /** 星期六. */
  saturday?: Array<OpeningInput>;
  /** 星期日. */
  sunday?: Array<OpeningInput>;
  /** 星期四. */
  thursday?: Array<OpeningInput>;
  /** 星期二. */
  tuesday?: Array<OpeningInput>;
  /** 星期三. */
  wednesday?: Array<OpeningInput>;
};

export type AdminNamesQueryVariables = Exact<{ [key: string]: never; }>;


export type AdminNamesQuery = { categories: Array<{ code: string, nameZh: string, nameEn: string, majorZh: string, majorEn: string }>, departments: Array<{ code: string, nameZh: string, nameEn: string }>, ladders: Array<{ code: string, nameZh: string, nameEn: string }>, regions: Array<{ code: string, nameZh: string, nameEn: string, children: Array<{ code: string, nameZh: string, nameEn: string, children: Array<{ code: string, nameZh: string, nameEn: string }> }> }> };

export type AdminDutyGridsQueryVariables = Exact<{
  street: string;
}>;


export type AdminDutyGridsQuery = { dutyGrids: Array<{ id: string, code: string, name: string }> };

export type AuditLogQueryVariables = Exact<{
  filter: AuditFilter;
  after?: string | null | undefined;
}>;


export type AuditLogQuery = { auditLog: { nodes: Array<{ id: string, at: string, actor: string, action: string, object: string, objectId: string, person: { id: string, name: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type AdminCalendarQueryVariables = Exact<{ [key: string]: never; }>;


export type AdminCalendarQuery = { calendar: { version: number, publishedAt: string, location: string, dayHours: number, years: Array<number>, week: { monday: Array<{ from: string, to: string }>, tuesday: Array<{ from: string, to: string }>, wednesday: Array<{ from: string, to: string }>, thursday: Array<{ from: string, to: string }>, friday: Array<{ from: string, to: string }>, saturday: Array<{ from: string, to: string }>, sunday: Array<{ from: string, to: string }> }, exceptions: Array<{ date: string, name: string, openLike: Weekday | null }> } | null };

export type AdminRederivationsQueryVariables = Exact<{ [key: string]: never; }>;


export type AdminRederivationsQuery = { rederivations: { nodes: Array<{ id: string, fromVersion: number, toVersion: number, state: RederivationState, total: number, done: number, moved: number, startedAt: string, finishedAt: string | null }> } };

export type AdminPreviewCalendarMutationVariables = Exact<{
  input: CalendarInput;
}>;


export type AdminPreviewCalendarMutation = { previewCalendar: { preview: { version: number, open: number, frozen: number, moved: number, overdue: number, resumed: number, provisional: number, groups: Array<{ stage: ClockStage, count: number, largest: number, department: { code: string, nameZh: string, nameEn: string } | null }>, shifts: Array<{ clock: string, caseNumber: number | null, clueNumber: number | null, stage: ClockStage, dueAt: string, movesTo: string, street: { code: string, nameZh: string, nameEn: string }, department: { code: string, nameZh: string, nameEn: string } | null }> } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type AdminPublishCalendarMutationVariables = Exact<{
  input: CalendarInput;
}>;


export type AdminPublishCalendarMutation = { publishCalendar: { calendar: { version: number } | null, rederivation: { id: string } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type AdminCalendarFragment = { version: number, publishedAt: string, location: string, dayHours: number, years: Array<number>, week: { monday: Array<{ from: string, to: string }>, tuesday: Array<{ from: string, to: string }>, wednesday: Array<{ from: string, to: string }>, thursday: Array<{ from: string, to: string }>, friday: Array<{ from: string, to: string }>, saturday: Array<{ from: string, to: string }>, sunday: Array<{ from: string, to: string }> }, exceptions: Array<{ date: string, name: string, openLike: Weekday | null }> };

export type AdminFindRegionsQueryVariables = Exact<{
  text: string;
}>;


export type AdminFindRegionsQuery = { findRegions: Array<{ code: string, level: RegionLevel, nameZh: string, nameEn: string }> };

export type AdminCommunitiesQueryVariables = Exact<{
  parent?: string | null | undefined;
}>;


export type AdminCommunitiesQuery = { regions: Array<{ code: string, level: RegionLevel, nameZh: string, nameEn: string }> };

export type AdminCommunityQueryVariables = Exact<{
  code: string;
  after?: string | null | undefined;
}>;


export type AdminCommunityQuery = { region: { code: string, nameZh: string, nameEn: string, schematic: boolean, approval: string | null, shape: GeoJSON.MultiPolygon } | null, cells: { nodes: Array<{ code: string, area: number, shape: GeoJSON.Polygon, validFrom: string, validTo: string | null, dutyGrid: { id: string, code: string, name: string } | null, successors: Array<{ code: string }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type AdminCellEditsQueryVariables = Exact<{
  region?: string | null | undefined;
}>;


export type AdminCellEditsQuery = { cellEdits: { nodes: Array<{ id: string, note: string, effectiveAt: string, state: CellEditState, total: number, moved: number, publishedAt: string, cancelledAt: string | null, community: { code: string, nameZh: string, nameEn: string }, ends: Array<{ code: string }>, begins: Array<{ code: string }>, publishedBy: { name: string } | null }> } };

export type AdminPreviewCellEditMutationVariables = Exact<{
  input: CellEditInput;
}>;


export type AdminPreviewCellEditMutation = { previewCellEdit: { preview: { begins: Array<{ code: string, shape: GeoJSON.Polygon, area: number, follows: Array<string>, dutyGrid: { id: string, name: string } | null }>, findings: Array<{ code: string, message: string, path: Array<string>, area: number, shape: GeoJSON.MultiPolygon | null, at: { lon: number, lat: number } }>, moves: Array<{ work: CellWork, cell: string, count: number }>, dutyGrids: Array<{ cellsBefore: number, cellsAfter: number, areaBefore: number, areaAfter: number, dutyGrid: { id: string, name: string } }> } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type AdminPublishCellEditMutationVariables = Exact<{
  input: CellEditInput;
}>;


export type AdminPublishCellEditMutation = { publishCellEdit: { edit: { id: string, note: string, effectiveAt: string, state: CellEditState, total: number, moved: number, publishedAt: string, cancelledAt: string | null, community: { code: string, nameZh: string, nameEn: string }, ends: Array<{ code: string }>, begins: Array<{ code: string }>, publishedBy: { name: string } | null } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type AdminCancelCellEditMutationVariables = Exact<{
  id: string;
}>;


export type AdminCancelCellEditMutation = { cancelCellEdit: { edit: { id: string, note: string, effectiveAt: string, state: CellEditState, total: number, moved: number, publishedAt: string, cancelledAt: string | null, community: { code: string, nameZh: string, nameEn: string }, ends: Array<{ code: string }>, begins: Array<{ code: string }>, publishedBy: { name: string } | null } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type AdminCellEditFragment = { id: string, note: string, effectiveAt: string, state: CellEditState, total: number, moved: number, publishedAt: string, cancelledAt: string | null, community: { code: string, nameZh: string, nameEn: string }, ends: Array<{ code: string }>, begins: Array<{ code: string }>, publishedBy: { name: string } | null };

export type AdminChecklistListQueryVariables = Exact<{ [key: string]: never; }>;


export type AdminChecklistListQuery = { checklists: Array<{ id: string, code: string, version: number, nameZh: string, nameEn: string, publishedAt: string, items: Array<{ code: string }> }> };

export type AdminChecklistVersionsQueryVariables = Exact<{
  code: string;
}>;


export type AdminChecklistVersionsQuery = { checklistVersions: Array<{ id: string, code: string, version: number, nameZh: string, nameEn: string, publishedAt: string, items: Array<{ code: string, questionZh: string, questionEn: string, hintZh: string, hintEn: string, kind: ItemKind, condition: string, optional: boolean, whole: boolean, least: number | null, most: number | null, unitZh: string, unitEn: string, min: number | null, max: number | null, category: string, severity: Severity | null, legalBasis: string, points: number | null, weight: number | null, critical: boolean, choices: Array<{ code: string, nameZh: string, nameEn: string, fails: boolean, points: number | null }> }>, bands: Array<{ code: string, nameZh: string, nameEn: string, from: number }>, use: { campaigns: number, tasks: number, plans: Array<{ id: string, name: string }> } }> };

export type AdminImportChecklistMutationVariables = Exact<{
  input: ImportChecklistInput;
}>;


export type AdminImportChecklistMutation = { importChecklist: { draft: { code: string, nameZh: string, nameEn: string, items: Array<{ code: string, questionZh: string, questionEn: string, hintZh: string, hintEn: string, kind: ItemKind, condition: string, optional: boolean, whole: boolean, least: number | null, most: number | null, unitZh: string, unitEn: string, min: number | null, max: number | null, category: string, severity: Severity | null, legalBasis: string, points: number | null, weight: number | null, critical: boolean, choices: Array<{ code: string, nameZh: string, nameEn: string, fails: boolean, points: number | null }> }>, bands: Array<{ code: string, nameZh: string, nameEn: string, from: number }> } | null, checklist: { id: string, code: string, version: number } | null, problems: Array<{ sheet: string, row: number, column: string, message: string }>, passed: Array<{ sheet: string, row: number, column: string, message: string }>, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type AdminQuestionFragment = { code: string, questionZh: string, questionEn: string, hintZh: string, hintEn: string, kind: ItemKind, condition: string, optional: boolean, whole: boolean, least: number | null, most: number | null, unitZh: string, unitEn: string, min: number | null, max: number | null, category: string, severity: Severity | null, legalBasis: string, points: number | null, weight: number | null, critical: boolean, choices: Array<{ code: string, nameZh: string, nameEn: string, fails: boolean, points: number | null }> };

export type AdminImportOffersQueryVariables = Exact<{ [key: string]: never; }>;


export type AdminImportOffersQuery = { importOffers: Array<{ kind: ImportKind, fields: Array<{ name: string, needed: boolean, called: Array<string> }> }> };

export type AdminImportProfilesQueryVariables = Exact<{
  kind: ImportKind;
}>;


export type AdminImportProfilesQuery = { importProfiles: Array<{ name: string, datum: Datum, columns: Array<{ field: string, column: string }> }> };

export type AdminImportLookQueryVariables = Exact<{
  input: ImportLookInput;
}>;


export type AdminImportLookQuery = { importLook: { layers: Array<string>, columns: Array<string>, fields: Array<{ name: string, needed: boolean, called: Array<string>, column: string | null, code: string | null }>, rows: Array<{ number: number, cells: Array<string>, shape: boolean, code: string | null, reason: string | null }> } | null };

export type AdminImportsQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type AdminImportsQuery = { imports: { nodes: Array<{ id: string, kind: ImportKind, file: string, state: ImportState, rows: number, written: number, rejected: number, about: number | null, startedAt: string, person: { id: string, name: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type AdminImportQueryVariables = Exact<{
  id: string;
}>;


export type AdminImportQuery = { import: { code: string | null, reason: string | null, field: string | null, datum: Datum, columns: Array<string>, byPage: boolean, mayStop: boolean, mayGoOn: boolean, finishedAt: string | null, id: string, kind: ImportKind, file: string, state: ImportState, rows: number, written: number, rejected: number, about: number | null, startedAt: string, person: { id: string, name: string } | null } | null };

export type AdminImportRejectsQueryVariables = Exact<{
  id: string;
}>;


export type AdminImportRejectsQuery = { importRejects: { nodes: Array<{ row: number, field: string, code: string, reason: string, cells: Array<string> }>, pageInfo: { hasNextPage: boolean } } };

export type ImportLineFragment = { id: string, kind: ImportKind, file: string, state: ImportState, rows: number, written: number, rejected: number, about: number | null, startedAt: string, person: { id: string, name: string } | null };

export type AdminBeginImportMutationVariables = Exact<{
  input: BeginImportInput;
}>;


export type AdminBeginImportMutation = { beginImport: { import: { id: string } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type AdminStopImportMutationVariables = Exact<{
  id: string;
}>;


export type AdminStopImportMutation = { stopImport: { import: { id: string, state: ImportState } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type AdminGoOnWithImportMutationVariables = Exact<{
  id: string;
}>;


export type AdminGoOnWithImportMutation = { goOnWithImport: { import: { id: string, state: ImportState } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type AdminCampaignsQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type AdminCampaignsQuery = { campaigns: { nodes: Array<{ id: string, name: string, state: CampaignState, dueAt: string, total: number, generated: number, done: number, findings: number, createdAt: string, places: InspectedPlaces, kind: string | null, risk: Risk | null, region: { code: string, nameZh: string, nameEn: string }, plan: { id: string, name: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type AdminCampaignQueryVariables = Exact<{
  id: string;
}>;


export type AdminCampaignQuery = { campaign: { id: string, name: string, state: CampaignState, dueAt: string, total: number, generated: number, done: number, findings: number, createdAt: string, places: InspectedPlaces, kind: string | null, risk: Risk | null, checklist: { id: string, code: string, version: number, nameZh: string, nameEn: string }, streets: Array<{ tasks: number, done: number, findings: number, fixed: number, cases: number, unreached: number, street: { code: string, nameZh: string, nameEn: string }, reasons: Array<{ reason: UnreachedReason, tasks: number }> }>, region: { code: string, nameZh: string, nameEn: string }, plan: { id: string, name: string } | null } | null };

export type AdminPlansQueryVariables = Exact<{ [key: string]: never; }>;


export type AdminPlansQuery = { plans: { nodes: Array<{ id: string, name: string, places: InspectedPlaces, kind: string | null, startsOn: string, createdAt: string, endedAt: string | null, region: { code: string, nameZh: string, nameEn: string }, checklist: { id: string, code: string, nameZh: string, nameEn: string, version: number }, rhythms: Array<{ risk: Risk | null, every: number, unit: PlanUnit }>, season: { from: string, until: string } | null }> } };

export type AdminPlanQueryVariables = Exact<{
  id: string;
}>;


export type AdminPlanQuery = { plan: { id: string, name: string, places: InspectedPlaces, kind: string | null, startsOn: string, createdAt: string, endedAt: string | null, next: Array<{ from: string | null, to: string | null, tasks: number, rhythm: { risk: Risk | null, every: number, unit: PlanUnit } }>, region: { code: string, nameZh: string, nameEn: string }, checklist: { id: string, code: string, nameZh: string, nameEn: string, version: number }, rhythms: Array<{ risk: Risk | null, every: number, unit: PlanUnit }>, season: { from: string, until: string } | null } | null, campaigns: { nodes: Array<{ startsOn: string | null, id: string, name: string, state: CampaignState, dueAt: string, total: number, generated: number, done: number, findings: number, createdAt: string, places: InspectedPlaces, kind: string | null, risk: Risk | null, region: { code: string, nameZh: string, nameEn: string }, plan: { id: string, name: string } | null }> } };

export type AdminPreviewPlanQueryVariables = Exact<{
  input: PlanInput;
}>;


export type AdminPreviewPlanQuery = { previewPlan: Array<{ from: string | null, to: string | null, tasks: number, rhythm: { risk: Risk | null, every: number, unit: PlanUnit }, streets: Array<{ places: number, street: { code: string, nameZh: string, nameEn: string } }> }> };

export type AdminCreatePlanMutationVariables = Exact<{
  input: PlanInput;
}>;


export type AdminCreatePlanMutation = { createPlan: { plan: { id: string } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type AdminEndPlanMutationVariables = Exact<{
  id: string;
}>;


export type AdminEndPlanMutation = { endPlan: { plan: { id: string } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type AdminPlanRowFragment = { id: string, name: string, places: InspectedPlaces, kind: string | null, startsOn: string, createdAt: string, endedAt: string | null, region: { code: string, nameZh: string, nameEn: string }, checklist: { id: string, code: string, nameZh: string, nameEn: string, version: number }, rhythms: Array<{ risk: Risk | null, every: number, unit: PlanUnit }>, season: { from: string, until: string } | null };

export type AdminChecklistsQueryVariables = Exact<{ [key: string]: never; }>;


export type AdminChecklistsQuery = { checklists: Array<{ id: string, code: string, version: number, nameZh: string, nameEn: string }> };

export type AdminOddCodesQueryVariables = Exact<{
  id: string;
}>;


export type AdminOddCodesQuery = { oddSightings: { nodes: Array<{ verdict: VisitVerdict, task: string, capturedAt: string, cell: { code: string }, person: { id: string, name: string }, premises: { code: string, name: string } | null, visited: { code: string, name: string } | null }>, pageInfo: { hasNextPage: boolean } } };

export type AdminStartCampaignMutationVariables = Exact<{
  input: StartCampaignInput;
}>;


export type AdminStartCampaignMutation = { startCampaign: { campaign: { id: string } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type AdminCloseCampaignMutationVariables = Exact<{
  id: string;
}>;


export type AdminCloseCampaignMutation = { closeCampaign: { campaign: { id: string } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type AdminCampaignRowFragment = { id: string, name: string, state: CampaignState, dueAt: string, total: number, generated: number, done: number, findings: number, createdAt: string, places: InspectedPlaces, kind: string | null, risk: Risk | null, region: { code: string, nameZh: string, nameEn: string }, plan: { id: string, name: string } | null };

export type AdminLaddersQueryVariables = Exact<{ [key: string]: never; }>;


export type AdminLaddersQuery = { ladders: Array<{ code: string, version: number, nameZh: string, nameEn: string, publishedAt: string, steps: Array<{ clock: ClockStage, action: LadderAction, quiet: LadderQuiet, ackQuiet: string | null, trigger: { percent: number | null, offset: string | null, event: { occasion: LadderOccasion, count: number } | null }, repeat: { percent: number | null, offset: string | null, times: number } | null, audience: Array<{ role: Role, level: LadderLevel, department: string | null }> }> }> };

export type AdminQuietRuleQueryVariables = Exact<{ [key: string]: never; }>;


export type AdminQuietRuleQuery = { quietRule: { version: number, nightBegins: string, nightEnds: string, bundleMinutes: number, perHour: number, perDay: number, publishedAt: string } };

export type AdminPublishLadderMutationVariables = Exact<{
  input: PublishLadderInput;
}>;


export type AdminPublishLadderMutation = { publishLadder: { ladder: { code: string, version: number } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type AdminPublishQuietRuleMutationVariables = Exact<{
  input: QuietRuleInput;
}>;


export type AdminPublishQuietRuleMutation = { publishQuietRule: { quietRule: { version: number } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type AdminLadderFragment = { code: string, version: number, nameZh: string, nameEn: string, publishedAt: string, steps: Array<{ clock: ClockStage, action: LadderAction, quiet: LadderQuiet, ackQuiet: string | null, trigger: { percent: number | null, offset: string | null, event: { occasion: LadderOccasion, count: number } | null }, repeat: { percent: number | null, offset: string | null, times: number } | null, audience: Array<{ role: Role, level: LadderLevel, department: string | null }> }> };

export type AdminTimerRulesQueryVariables = Exact<{ [key: string]: never; }>;


export type AdminTimerRulesQuery = { timerRules: Array<{ version: number, shortest: number, longest: number, publishedAt: string }> };

export type AdminStaffQueryVariables = Exact<{
  filter: StaffFilter;
  after?: string | null | undefined;
}>;


export type AdminStaffQuery = { staff: { nodes: Array<{ id: string, name: string, login: string | null, disabledAt: string | null, grants: Array<{ role: Role, region: { code: string, nameZh: string, nameEn: string } | null, department: { code: string, nameZh: string, nameEn: string } | null }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type AdminMemberQueryVariables = Exact<{
  id: string;
}>;


export type AdminMemberQuery = { staffMember: { id: string, name: string, login: string | null, phone: string | null, locale: string, createdAt: string, disabledAt: string | null, grants: Array<{ id: string, role: Role, grantedAt: string, region: { code: string, nameZh: string, nameEn: string } | null, department: { code: string, nameZh: string, nameEn: string } | null, grantedBy: { id: string, name: string } | null }>, shifts: Array<{ id: string, role: Role, weekdays: Array<Weekday>, starts: string, ends: string, from: string, to: string | null, region: { code: string, nameZh: string, nameEn: string } | null, department: { code: string, nameZh: string, nameEn: string } | null }>, absences: Array<{ id: string, from: string, to: string }>, duties: Array<{ part: DutyPart, since: string, grid: { id: string, code: string, name: string } }> } | null, devices: Array<{ id: string, name: string, enrolledAt: string, seenOn: string | null, revokedAt: string | null }> };

export type AdminGrantRequestsQueryVariables = Exact<{ [key: string]: never; }>;


export type AdminGrantRequestsQuery = { grantRequests: Array<{ id: string, role: Role, askedAt: string, person: { id: string, name: string }, region: { code: string, nameZh: string, nameEn: string }, department: { code: string, nameZh: string, nameEn: string } | null, askedBy: { id: string, name: string } }> };

export type RegisterStaffMutationVariables = Exact<{
  input: RegisterStaffInput;
}>;


export type RegisterStaffMutation = { registerStaff: { password: string | null, member: { id: string } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type ResetPasswordMutationVariables = Exact<{
  id: string;
}>;


export type ResetPasswordMutation = { resetPassword: { password: string | null, member: { id: string } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type DisableStaffMutationVariables = Exact<{
  input: DisableStaffInput;
}>;


export type DisableStaffMutation = { disableStaff: { member: { id: string } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type EnableStaffMutationVariables = Exact<{
  id: string;
}>;


export type EnableStaffMutation = { enableStaff: { member: { id: string } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type AskGrantMutationVariables = Exact<{
  input: AskGrantInput;
}>;


export type AskGrantMutation = { askGrant: { member: { id: string } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type DecideGrantMutationVariables = Exact<{
  input: DecideGrantInput;
}>;


export type DecideGrantMutation = { decideGrant: { member: { id: string } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type WithdrawGrantMutationVariables = Exact<{
  id: string;
}>;


export type WithdrawGrantMutation = { withdrawGrant: { member: { id: string } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type RevokeGrantMutationVariables = Exact<{
  id: string;
}>;


export type RevokeGrantMutation = { revokeGrant: { member: { id: string } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type AddShiftMutationVariables = Exact<{
  input: AddShiftInput;
}>;


export type AddShiftMutation = { addShift: { member: { id: string } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type EndShiftMutationVariables = Exact<{
  id: string;
}>;


export type EndShiftMutation = { endShift: { member: { id: string } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type AddAbsenceMutationVariables = Exact<{
  input: AddAbsenceInput;
}>;


export type AddAbsenceMutation = { addAbsence: { member: { id: string } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type EndAbsenceMutationVariables = Exact<{
  id: string;
}>;


export type EndAbsenceMutation = { endAbsence: { member: { id: string } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type AssignDutyMutationVariables = Exact<{
  input: AssignDutyInput;
}>;


export type AssignDutyMutation = { assignDuty: { member: { id: string } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type EndDutyMutationVariables = Exact<{
  input: EndDutyInput;
}>;


export type EndDutyMutation = { endDuty: { member: { id: string } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type RevokeDeviceMutationVariables = Exact<{
  input: RevokeDeviceInput;
}>;


export type RevokeDeviceMutation = { revokeDevice: { device: { id: string } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type AdminRuleSetsQueryVariables = Exact<{
  first?: number;
  after?: string | null | undefined;
}>;


export type AdminRuleSetsQuery = { ruleSets: { nodes: Array<{ version: number, state: RuleSetState, revision: number, note: string, basedOn: number | null, effectiveFrom: string | null, createdAt: string, publishedAt: string | null, authors: Array<{ id: string, name: string }>, publishedBy: { id: string, name: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type AdminRuleSetQueryVariables = Exact<{
  version: number;
}>;


export type AdminRuleSetQuery = { ruleSet: { version: number, state: RuleSetState, revision: number, note: string, basedOn: number | null, effectiveFrom: string | null, createdAt: string, publishedAt: string | null, rules: Array<{ code: string, nameZh: string, nameEn: string, conditions: { categories: Array<string> | null, urgent: boolean | null, regions: Array<string> | null, placeKinds: Array<string> | null, sources: Array<string> | null, weekdays: Array<Weekday> | null, hours: { from: number, to: number } | null }, outcome: { department: string, assisting: Array<string>, standard: number, ladder: string, priority: number }, precedents: Array<{ category: string, street: string, basis: string, upheld: boolean, note: string | null, decidedAt: string, department: { code: string, nameZh: string, nameEn: string }, proposed: { code: string, nameZh: string, nameEn: string } }> }>, findings: Array<{ severity: RuleSeverity, code: string, rule: string, path: string, category: string, region: string, says: string }>, authors: Array<{ id: string, name: string }>, publishedBy: { id: string, name: string } | null } | null };

export type RuleSetRowFragment = { version: number, state: RuleSetState, revision: number, note: string, basedOn: number | null, effectiveFrom: string | null, createdAt: string, publishedAt: string | null, authors: Array<{ id: string, name: string }>, publishedBy: { id: string, name: string } | null };

export type AdminReplayQueryVariables = Exact<{
  input: ReplayInput;
}>;


export type AdminReplayQuery = { replayRules: { cases: number, moved: number, returned: number, rightAtOnce: number, partial: boolean, differences: Array<{ was: string | null, would: string | null, cases: number, newest: Array<{ number: number, category: string, street: string, urgent: boolean, source: string, filedAt: string, rule: string | null, ended: string | null }> }> } };

export type AdminMovedQueryVariables = Exact<{
  input: MovedCasesInput;
  after?: string | null | undefined;
}>;


export type AdminMovedQuery = { movedCases: { nodes: Array<{ id: string, reference: string, kind: CategoryKind, state: CaseState, round: number, version: number, level: number, urgent: boolean, priority: number, text: string | null, clueCount: number, filedAt: string, dueAt: string | null, actions: Array<CaseAction>, category: { code: string, nameZh: string, nameEn: string }, point: { lon: number, lat: number } | null, cell: { code: string, community: { nameZh: string, nameEn: string }, street: { code: string, nameZh: string, nameEn: string } }, department: { code: string, nameZh: string, nameEn: string } | null, handler: { id: string, name: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type AdminDraftRulesMutationVariables = Exact<{
  input: DraftRulesInput;
}>;


export type AdminDraftRulesMutation = { draftRules: { ruleSet: { version: number, state: RuleSetState, revision: number, note: string, basedOn: number | null, effectiveFrom: string | null, createdAt: string, publishedAt: string | null, authors: Array<{ id: string, name: string }>, publishedBy: { id: string, name: string } | null } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type AdminEditRulesMutationVariables = Exact<{
  input: EditRulesInput;
}>;


export type AdminEditRulesMutation = { editRules: { ruleSet: { version: number, state: RuleSetState, revision: number, note: string, basedOn: number | null, effectiveFrom: string | null, createdAt: string, publishedAt: string | null, authors: Array<{ id: string, name: string }>, publishedBy: { id: string, name: string } | null } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type AdminDiscardRulesMutationVariables = Exact<{
  input: DiscardRulesInput;
}>;


export type AdminDiscardRulesMutation = { discardRules: { ruleSet: { version: number, state: RuleSetState, revision: number, note: string, basedOn: number | null, effectiveFrom: string | null, createdAt: string, publishedAt: string | null, authors: Array<{ id: string, name: string }>, publishedBy: { id: string, name: string } | null } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type AdminPublishRulesMutationVariables = Exact<{
  input: PublishRulesInput;
}>;


export type AdminPublishRulesMutation = { publishRules: { ruleSet: { version: number, state: RuleSetState, revision: number, note: string, basedOn: number | null, effectiveFrom: string | null, createdAt: string, publishedAt: string | null, authors: Array<{ id: string, name: string }>, publishedBy: { id: string, name: string } | null } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type AdminRollbackRulesMutationVariables = Exact<{
  input: RollbackRulesInput;
}>;


export type AdminRollbackRulesMutation = { rollbackRules: { ruleSet: { version: number, state: RuleSetState, revision: number, note: string, basedOn: number | null, effectiveFrom: string | null, createdAt: string, publishedAt: string | null, authors: Array<{ id: string, name: string }>, publishedBy: { id: string, name: string } | null } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type RuleSetDoneFragment = { ruleSet: { version: number, state: RuleSetState, revision: number, note: string, basedOn: number | null, effectiveFrom: string | null, createdAt: string, publishedAt: string | null, authors: Array<{ id: string, name: string }>, publishedBy: { id: string, name: string } | null } | null, errors: Array<{ code: string, message: string, path: Array<string> }> };

export type AdminStandardsQueryVariables = Exact<{ [key: string]: never; }>;


export type AdminStandardsQuery = { categories: Array<{ code: string, kind: CategoryKind, nameZh: string, nameEn: string, majorZh: string, majorEn: string, standards: Array<{ id: string, position: number, conditionZh: string, conditionEn: string, closingZh: string, closingEn: string, legalBasis: string, urgent: boolean, limit: { number: number, unit: LimitUnit }, department: { code: string, nameZh: string, nameEn: string } }> }> };

export type CodesRegionQueryVariables = Exact<{
  code: string;
}>;


export type CodesRegionQuery = { region: { code: string, nameZh: string, nameEn: string, children: Array<{ code: string, nameZh: string, nameEn: string }> } | null };

export type CodesOfPremisesQueryVariables = Exact<{
  region: string;
  kind?: string | null | undefined;
  risk?: Risk | null | undefined;
  after?: string | null | undefined;
}>;


export type CodesOfPremisesQuery = { visitCodes: { nodes: Array<{ version: number | null, issuedAt: string | null, premises: { code: string, name: string, kind: string, risk: Risk | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type PrintCodesMutationVariables = Exact<{
  input: PrintVisitCodesInput;
}>;


export type PrintCodesMutation = { printVisitCodes: { codes: Array<{ version: number, code: string, premises: { code: string, name: string } }> | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type WithdrawCodeMutationVariables = Exact<{
  input: WithdrawVisitCodeInput;
}>;


export type WithdrawCodeMutation = { withdrawVisitCode: { code: { version: number | null, premises: { code: string } } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type DeskAlarmsQueryVariables = Exact<{
  region?: string | null | undefined;
}>;


export type DeskAlarmsQuery = { alarms: Array<{ id: string, kind: AlarmKind, state: AlarmState, capturedAt: string, raisedAt: string | null, backBy: string | null, accuracy: number | null, mocked: boolean, actions: Array<AlarmAction>, person: { id: string, name: string }, cell: { code: string, community: { nameZh: string, nameEn: string } } | null, point: { lon: number, lat: number } | null, told: Array<{ id: string }>, answers: Array<{ coming: boolean, at: string, person: { id: string, name: string } }> }> };

export type AnswerAlarmMutationVariables = Exact<{
  input: AnswerAlarmInput;
}>;


export type AnswerAlarmMutation = { answerAlarm: { alarm: { id: string, kind: AlarmKind, state: AlarmState, capturedAt: string, raisedAt: string | null, backBy: string | null, accuracy: number | null, mocked: boolean, actions: Array<AlarmAction>, person: { id: string, name: string }, cell: { code: string, community: { nameZh: string, nameEn: string } } | null, point: { lon: number, lat: number } | null, told: Array<{ id: string }>, answers: Array<{ coming: boolean, at: string, person: { id: string, name: string } }> } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type EndAlarmMutationVariables = Exact<{
  input: EndAlarmInput;
}>;


export type EndAlarmMutation = { endAlarm: { alarm: { id: string, kind: AlarmKind, state: AlarmState, capturedAt: string, raisedAt: string | null, backBy: string | null, accuracy: number | null, mocked: boolean, actions: Array<AlarmAction>, person: { id: string, name: string }, cell: { code: string, community: { nameZh: string, nameEn: string } } | null, point: { lon: number, lat: number } | null, told: Array<{ id: string }>, answers: Array<{ coming: boolean, at: string, person: { id: string, name: string } }> } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type DeskAlarmFragment = { id: string, kind: AlarmKind, state: AlarmState, capturedAt: string, raisedAt: string | null, backBy: string | null, accuracy: number | null, mocked: boolean, actions: Array<AlarmAction>, person: { id: string, name: string }, cell: { code: string, community: { nameZh: string, nameEn: string } } | null, point: { lon: number, lat: number } | null, told: Array<{ id: string }>, answers: Array<{ coming: boolean, at: string, person: { id: string, name: string } }> };

export type DeskQueueQueryVariables = Exact<{
  filter?: ClueFilter | null | undefined;
  first?: number;
  after?: string | null | undefined;
}>;


export type DeskQueueQuery = { clues: { nodes: Array<{ id: string, number: number, state: ClueState, version: number, urgent: boolean, source: ClueSource, text: string | null, submittedAt: string, actions: Array<ClueAction>, category: { code: string, nameZh: string, nameEn: string } | null, point: { lon: number, lat: number } | null, cell: { code: string, community: { nameZh: string, nameEn: string }, street: { code: string, nameZh: string, nameEn: string } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type DeskClueQueryVariables = Exact<{
  id: string;
}>;


export type DeskClueQuery = { clue: { accuracy: number | null, mocked: boolean | null, borderDistance: number | null, capturedAt: string, reason: string | null, id: string, number: number, state: ClueState, version: number, urgent: boolean, source: ClueSource, text: string | null, submittedAt: string, actions: Array<ClueAction>, photos: Array<{ id: string, state: PhotoState, width: number | null, height: number | null, url: string | null, thumbUrl: string | null, reason: string | null, evidence: { grade: PhotoGrade, doubts: Array<PhotoDoubt>, shotAt: string | null, cameraDistance: number | null, deviceAt: string | null, deviceDistance: number | null, usedBefore: { case: { id: string, reference: string } | null, clue: { id: string, number: number } | null } | null } | null }> | null, case: { id: string, reference: string, state: CaseState } | null, duplicates: Array<{ distance: number, secondsApart: number, score: number, case: { id: string, reference: string, state: CaseState, text: string | null, filedAt: string, clueCount: number, department: { nameZh: string, nameEn: string } | null, clues: Array<{ id: string, photos: Array<{ id: string, state: PhotoState, width: number | null, height: number | null, url: string | null, thumbUrl: string | null, reason: string | null }> | null }> | null } | null, clue: { id: string, number: number, state: ClueState, text: string | null, submittedAt: string, photos: Array<{ id: string, state: PhotoState, width: number | null, height: number | null, url: string | null, thumbUrl: string | null, reason: string | null }> | null } | null }> | null, verification: { id: string, state: VerifyState, askedAt: string, dueAt: string | null, answeredAt: string | null, note: string | null, assignee: { id: string, name: string } | null, photos: Array<{ id: string, state: PhotoState, width: number | null, height: number | null, url: string | null, thumbUrl: string | null, reason: string | null, evidence: { grade: PhotoGrade, doubts: Array<PhotoDoubt>, shotAt: string | null, cameraDistance: number | null, deviceAt: string | null, deviceDistance: number | null, usedBefore: { case: { id: string, reference: string } | null, clue: { id: string, number: number } | null } | null } | null }> } | null, clocks: Array<{ id: string, stage: ClockStage, startedAt: string, dueAt: string | null, stoppedAt: string | null, frozen: boolean, remaining: number | null, used: number | null, nextStepAt: string | null, limit: { number: number, unit: LimitUnit }, department: { code: string, nameZh: string, nameEn: string } | null }> | null, timeline: Array<{ id: string, at: string, kind: string, round: number, role: string, detail: Record<string, unknown>, by: { id: string, name: string } | null }> | null, category: { code: string, nameZh: string, nameEn: string } | null, point: { lon: number, lat: number } | null, cell: { code: string, community: { nameZh: string, nameEn: string }, street: { code: string, nameZh: string, nameEn: string } } } | null };

export type DeskStandardsQueryVariables = Exact<{ [key: string]: never; }>;


export type DeskStandardsQuery = { categories: Array<{ code: string, nameZh: string, nameEn: string, majorZh: string, majorEn: string, standards: Array<{ id: string, position: number, conditionZh: string, conditionEn: string, closingZh: string, closingEn: string, legalBasis: string, urgent: boolean, limit: { number: number, unit: LimitUnit }, department: { code: string, nameZh: string, nameEn: string } }> }> };

export type TriageVerifyMutationVariables = Exact<{
  input: AskVerificationInput;
}>;


export type TriageVerifyMutation = { askVerification: { clue: { id: string, number: number, state: ClueState, version: number, urgent: boolean, source: ClueSource, text: string | null, submittedAt: string, actions: Array<ClueAction>, category: { code: string, nameZh: string, nameEn: string } | null, point: { lon: number, lat: number } | null, cell: { code: string, community: { nameZh: string, nameEn: string }, street: { code: string, nameZh: string, nameEn: string } } } | null, case: { id: string, reference: string, state: CaseState, version: number } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type TriageFileMutationVariables = Exact<{
  input: FileClueInput;
}>;


export type TriageFileMutation = { fileClue: { clue: { id: string, number: number, state: ClueState, version: number, urgent: boolean, source: ClueSource, text: string | null, submittedAt: string, actions: Array<ClueAction>, category: { code: string, nameZh: string, nameEn: string } | null, point: { lon: number, lat: number } | null, cell: { code: string, community: { nameZh: string, nameEn: string }, street: { code: string, nameZh: string, nameEn: string } } } | null, case: { id: string, reference: string, state: CaseState, version: number } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type TriageMergeMutationVariables = Exact<{
  input: MergeClueInput;
}>;


export type TriageMergeMutation = { mergeClue: { clue: { id: string, number: number, state: ClueState, version: number, urgent: boolean, source: ClueSource, text: string | null, submittedAt: string, actions: Array<ClueAction>, category: { code: string, nameZh: string, nameEn: string } | null, point: { lon: number, lat: number } | null, cell: { code: string, community: { nameZh: string, nameEn: string }, street: { code: string, nameZh: string, nameEn: string } } } | null, case: { id: string, reference: string, state: CaseState, version: number } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type TriageUnmergeMutationVariables = Exact<{
  input: ClueActionInput;
}>;


export type TriageUnmergeMutation = { unmergeClue: { clue: { id: string, number: number, state: ClueState, version: number, urgent: boolean, source: ClueSource, text: string | null, submittedAt: string, actions: Array<ClueAction>, category: { code: string, nameZh: string, nameEn: string } | null, point: { lon: number, lat: number } | null, cell: { code: string, community: { nameZh: string, nameEn: string }, street: { code: string, nameZh: string, nameEn: string } } } | null, case: { id: string, reference: string, state: CaseState, version: number } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type TriageOnSpotMutationVariables = Exact<{
  input: HandleClueInput;
}>;


export type TriageOnSpotMutation = { handleClueOnSpot: { clue: { id: string, number: number, state: ClueState, version: number, urgent: boolean, source: ClueSource, text: string | null, submittedAt: string, actions: Array<ClueAction>, category: { code: string, nameZh: string, nameEn: string } | null, point: { lon: number, lat: number } | null, cell: { code: string, community: { nameZh: string, nameEn: string }, street: { code: string, nameZh: string, nameEn: string } } } | null, case: { id: string, reference: string, state: CaseState, version: number } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type TriageRefuseMutationVariables = Exact<{
  input: RefuseClueInput;
}>;


export type TriageRefuseMutation = { refuseClue: { clue: { id: string, number: number, state: ClueState, version: number, urgent: boolean, source: ClueSource, text: string | null, submittedAt: string, actions: Array<ClueAction>, category: { code: string, nameZh: string, nameEn: string } | null, point: { lon: number, lat: number } | null, cell: { code: string, community: { nameZh: string, nameEn: string }, street: { code: string, nameZh: string, nameEn: string } } } | null, case: { id: string, reference: string, state: CaseState, version: number } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type TriageReferMutationVariables = Exact<{
  input: ReferClueInput;
}>;


export type TriageReferMutation = { referClue: { clue: { id: string, number: number, state: ClueState, version: number, urgent: boolean, source: ClueSource, text: string | null, submittedAt: string, actions: Array<ClueAction>, category: { code: string, nameZh: string, nameEn: string } | null, point: { lon: number, lat: number } | null, cell: { code: string, community: { nameZh: string, nameEn: string }, street: { code: string, nameZh: string, nameEn: string } } } | null, case: { id: string, reference: string, state: CaseState, version: number } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type ClueRowFragment = { id: string, number: number, state: ClueState, version: number, urgent: boolean, source: ClueSource, text: string | null, submittedAt: string, actions: Array<ClueAction>, category: { code: string, nameZh: string, nameEn: string } | null, point: { lon: number, lat: number } | null, cell: { code: string, community: { nameZh: string, nameEn: string }, street: { code: string, nameZh: string, nameEn: string } } };

export type TriagedFragment = { clue: { id: string, number: number, state: ClueState, version: number, urgent: boolean, source: ClueSource, text: string | null, submittedAt: string, actions: Array<ClueAction>, category: { code: string, nameZh: string, nameEn: string } | null, point: { lon: number, lat: number } | null, cell: { code: string, community: { nameZh: string, nameEn: string }, street: { code: string, nameZh: string, nameEn: string } } } | null, case: { id: string, reference: string, state: CaseState, version: number } | null, errors: Array<{ code: string, message: string, path: Array<string> }> };

export type DeskTasksQueryVariables = Exact<{
  filter?: string | null | undefined;
  first?: number;
  after?: string | null | undefined;
}>;


export type DeskTasksQuery = { nobodysInspectionTasks: { nodes: Array<{ id: string, dueAt: string, givenBack: Hindrance | null, campaign: { id: string, name: string }, cell: { code: string, community: { nameZh: string, nameEn: string }, street: { nameZh: string, nameEn: string } }, premises: { code: string, name: string } | null, history: Array<{ id: string, kind: TaskEventKind, at: string, note: string, reason: Hindrance | null, by: { id: string, name: string } | null, from: { id: string, name: string } | null, to: { id: string, name: string } | null }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type NobodysTaskFragment = { id: string, dueAt: string, givenBack: Hindrance | null, campaign: { id: string, name: string }, cell: { code: string, community: { nameZh: string, nameEn: string }, street: { nameZh: string, nameEn: string } }, premises: { code: string, name: string } | null, history: Array<{ id: string, kind: TaskEventKind, at: string, note: string, reason: Hindrance | null, by: { id: string, name: string } | null, from: { id: string, name: string } | null, to: { id: string, name: string } | null }> };

export type DeskTakersQueryVariables = Exact<{
  id: string;
}>;


export type DeskTakersQuery = { inspectionTaskTakers: Array<{ id: string, name: string }> };

export type DeskAssignMutationVariables = Exact<{
  input: AssignTaskInput;
}>;


export type DeskAssignMutation = { assignInspectionTask: { task: { id: string } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type DeskConflictsQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type DeskConflictsQuery = { conflicts: { nodes: Array<{ id: string, reason: ConflictReason, kind: OperationKind, field: string, subject: string, mine: Record<string, unknown>, theirs: Record<string, unknown>, capturedAt: string, receivedAt: string, person: { id: string, name: string } | null, street: { code: string, nameZh: string, nameEn: string } | null, photos: Array<{ id: string, state: PhotoState, width: number | null, height: number | null, url: string | null, thumbUrl: string | null, reason: string | null }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type DeskQuarantineQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type DeskQuarantineQuery = { quarantine: { nodes: Array<{ operation: string, kind: OperationKind, body: Record<string, unknown>, capturedAt: string, receivedAt: string, person: { id: string, name: string }, photos: Array<{ id: string, state: PhotoState, width: number | null, height: number | null, url: string | null, thumbUrl: string | null, reason: string | null }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type DeskDecideConflictMutationVariables = Exact<{
  input: DecideConflictInput;
}>;


export type DeskDecideConflictMutation = { decideConflict: { conflict: { id: string, state: ConflictState } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type DeskDecideHeldMutationVariables = Exact<{
  input: DecideHeldInput;
}>;


export type DeskDecideHeldMutation = { decideHeld: { held: { operation: string, state: HeldState } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type FieldTakersQueryVariables = Exact<{
  id: string;
}>;


export type FieldTakersQuery = { inspectionTaskTakers: Array<{ id: string, name: string }> };

export type FieldOfferMutationVariables = Exact<{
  input: OfferTaskInput;
}>;


export type FieldOfferMutation = { offerInspectionTask: { task: { id: string } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type FieldWithdrawOfferMutationVariables = Exact<{
  id: string;
}>;


export type FieldWithdrawOfferMutation = { withdrawTaskOffer: { task: { id: string } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type RegionSeatQueryVariables = Exact<{
  code: string;
}>;


export type RegionSeatQuery = { region: { seat: { lon: number, lat: number } } | null };

export type MeQueryVariables = Exact<{ [key: string]: never; }>;


export type MeQuery = { me: { unread: number, sessionExpires: string | null, person: { id: string, name: string }, grants: Array<{ role: Role, region: { code: string, level: RegionLevel, nameZh: string, nameEn: string }, department: { code: string, nameZh: string, nameEn: string } | null }> } | null };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { signIn: { me: { unread: number, sessionExpires: string | null, person: { id: string, name: string }, grants: Array<{ role: Role, region: { code: string, level: RegionLevel, nameZh: string, nameEn: string }, department: { code: string, nameZh: string, nameEn: string } | null }> } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type ChoosePasswordMutationVariables = Exact<{
  input: ChoosePasswordInput;
}>;


export type ChoosePasswordMutation = { choosePassword: { me: { unread: number, sessionExpires: string | null, person: { id: string, name: string }, grants: Array<{ role: Role, region: { code: string, level: RegionLevel, nameZh: string, nameEn: string }, department: { code: string, nameZh: string, nameEn: string } | null }> } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type SignOutMutationVariables = Exact<{ [key: string]: never; }>;


export type SignOutMutation = { signOut: { signedOut: boolean } };

export type MeFragment = { unread: number, sessionExpires: string | null, person: { id: string, name: string }, grants: Array<{ role: Role, region: { code: string, level: RegionLevel, nameZh: string, nameEn: string }, department: { code: string, nameZh: string, nameEn: string } | null }> };

export type CategoriesQueryVariables = Exact<{ [key: string]: never; }>;


export type CategoriesQuery = { categories: Array<{ code: string, kind: CategoryKind, majorZh: string, majorEn: string, nameZh: string, nameEn: string }> };

export type LandingQueryVariables = Exact<{
  position: PositionInput;
}>;


export type LandingQuery = { landing: { borderDistance: number | null, cell: { code: string, community: { nameZh: string, nameEn: string }, street: { nameZh: string, nameEn: string } }, district: { nameZh: string, nameEn: string }, commonCategories: Array<{ code: string, nameZh: string, nameEn: string }> } };

export type SendTipMutationVariables = Exact<{
  input: SubmitClueInput;
}>;


export type SendTipMutation = { submitClue: { number: number | null, claimCode: string | null, repeated: boolean, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type FollowTipQueryVariables = Exact<{
  claimCode: string;
}>;


export type FollowTipQuery = { trackClue: { number: number, stage: TrackStage, outcome: TrackOutcome | null, reason: string | null, submittedAt: string, reopenUntil: string | null, ratableUntil: string | null, rating: { score: number, comment: string, ratedAt: string } | null, category: { code: string, nameZh: string, nameEn: string } | null, steps: Array<{ stage: TrackStage, at: string }> } | null };

export type ContestTipMutationVariables = Exact<{
  input: ContestOutcomeInput;
}>;


export type ContestTipMutation = { contestOutcome: { clue: { number: number, stage: TrackStage, outcome: TrackOutcome | null, reason: string | null, submittedAt: string, reopenUntil: string | null, ratableUntil: string | null, rating: { score: number, comment: string, ratedAt: string } | null, category: { code: string, nameZh: string, nameEn: string } | null, steps: Array<{ stage: TrackStage, at: string }> } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type RateTipMutationVariables = Exact<{
  input: RateOutcomeInput;
}>;


export type RateTipMutation = { rateOutcome: { clue: { number: number, stage: TrackStage, outcome: TrackOutcome | null, reason: string | null, submittedAt: string, reopenUntil: string | null, ratableUntil: string | null, rating: { score: number, comment: string, ratedAt: string } | null, category: { code: string, nameZh: string, nameEn: string } | null, steps: Array<{ stage: TrackStage, at: string }> } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type FollowedFragment = { number: number, stage: TrackStage, outcome: TrackOutcome | null, reason: string | null, submittedAt: string, reopenUntil: string | null, ratableUntil: string | null, rating: { score: number, comment: string, ratedAt: string } | null, category: { code: string, nameZh: string, nameEn: string } | null, steps: Array<{ stage: TrackStage, at: string }> };

export type WallFiguresQueryVariables = Exact<{
  input: IndicatorsInput;
}>;


export type WallFiguresQuery = { indicators: Array<{ key: string, region: { code: string, nameZh: string, nameEn: string } | null, department: { code: string, nameZh: string, nameEn: string } | null, indicators: Array<{ value: number | null, numerator: number, denominator: number, measure: { key: string, nameZh: string, nameEn: string, unit: MeasureUnit, higherBetter: boolean, formula: string, source: string } }> }> };

export type WallBehindQueryVariables = Exact<{
  input: IndicatorsInput;
  part?: IndicatorPart;
  after?: string | null | undefined;
}>;


export type WallBehindQuery = { indicators: Array<{ key: string, indicators: Array<{ measure: { key: string }, cases: { nodes: Array<{ id: string, reference: string, kind: CategoryKind, state: CaseState, round: number, version: number, level: number, urgent: boolean, priority: number, text: string | null, clueCount: number, filedAt: string, dueAt: string | null, actions: Array<CaseAction>, category: { code: string, nameZh: string, nameEn: string }, point: { lon: number, lat: number } | null, cell: { code: string, community: { nameZh: string, nameEn: string }, street: { code: string, nameZh: string, nameEn: string } }, department: { code: string, nameZh: string, nameEn: string } | null, handler: { id: string, name: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } }> }> };

export type WallHeatQueryVariables = Exact<{
  region: string;
  department: string;
  from: string;
  to: string;
}>;


export type WallHeatQuery = { heat: Array<{ community: string, cases: number, inspections: number, value: number | null }> };

export type WallPlaybackQueryVariables = Exact<{
  region: string;
  department: string;
  stretch: Stretch;
}>;


export type WallPlaybackQuery = { playback: { moments: Array<string>, communities: Array<{ community: string, open: Array<number> }> } };

export type WorkCaseQueryVariables = Exact<{
  id: string;
}>;


export type WorkCaseQuery = { case: { acceptedAt: string | null, reportedAt: string | null, closedAt: string | null, dispatchedAt: string | null, id: string, reference: string, kind: CategoryKind, state: CaseState, round: number, version: number, level: number, urgent: boolean, priority: number, text: string | null, clueCount: number, filedAt: string, dueAt: string | null, actions: Array<CaseAction>, standard: { id: string, conditionZh: string, conditionEn: string, closingZh: string, closingEn: string, legalBasis: string, limit: { number: number, unit: LimitUnit } }, clues: Array<{ id: string, number: number, source: ClueSource, state: ClueState, text: string | null, submittedAt: string, photos: Array<{ id: string, state: PhotoState, width: number | null, height: number | null, url: string | null, thumbUrl: string | null, reason: string | null, evidence: { grade: PhotoGrade, doubts: Array<PhotoDoubt>, shotAt: string | null, cameraDistance: number | null, deviceAt: string | null, deviceDistance: number | null, usedBefore: { case: { id: string, reference: string } | null, clue: { id: string, number: number } | null } | null } | null }> | null }> | null, assignments: Array<{ lead: boolean, assignedAt: string, acceptedAt: string | null, deemed: boolean, endedAt: string | null, endReason: string | null, department: { code: string, nameZh: string, nameEn: string } }>, whyHere: { ruleSet: number | null, rule: string | null, tried: Array<{ rule: string, nameZh: string, nameEn: string, matched: boolean, failed: string | null, was: string | null }> } | null, returns: Array<{ id: string, basis: string, requestedAt: string, upheld: boolean | null, decidedAt: string | null, note: string | null, department: { code: string, nameZh: string, nameEn: string }, proposed: { code: string, nameZh: string, nameEn: string } }> | null, requests: Array<{ id: string, round: number, kind: RequestKind, reason: string, until: string | null, askedAt: string, state: RequestState, decidedAt: string | null, note: string | null, askedBy: { id: string, name: string }, decidedBy: { id: string, name: string } | null }> | null, disposals: Array<{ id: string, text: string, reportedAt: string, distance: number | null, awayReason: string | null, handler: { id: string, name: string }, photos: Array<{ id: string, state: PhotoState, width: number | null, height: number | null, url: string | null, thumbUrl: string | null, reason: string | null, evidence: { grade: PhotoGrade, doubts: Array<PhotoDoubt>, shotAt: string | null, cameraDistance: number | null, deviceAt: string | null, deviceDistance: number | null, usedBefore: { case: { id: string, reference: string } | null, clue: { id: string, number: number } | null } | null } | null }> }> | null, checks: Array<{ id: string, state: CheckState, askedAt: string, dueAt: string | null, answeredAt: string | null, fixed: boolean | null, note: string | null, assignee: { id: string, name: string } | null, photos: Array<{ id: string, state: PhotoState, width: number | null, height: number | null, url: string | null, thumbUrl: string | null, reason: string | null, evidence: { grade: PhotoGrade, doubts: Array<PhotoDoubt>, shotAt: string | null, cameraDistance: number | null, deviceAt: string | null, deviceDistance: number | null, usedBefore: { case: { id: string, reference: string } | null, clue: { id: string, number: number } | null } | null } | null }> }> | null, clocks: Array<{ id: string, stage: ClockStage, startedAt: string, dueAt: string | null, stoppedAt: string | null, frozen: boolean, remaining: number | null, used: number | null, nextStepAt: string | null, limit: { number: number, unit: LimitUnit }, department: { code: string, nameZh: string, nameEn: string } | null }>, timeline: Array<{ id: string, at: string, kind: string, round: number, role: string, detail: Record<string, unknown>, by: { id: string, name: string } | null }> | null, category: { code: string, nameZh: string, nameEn: string }, point: { lon: number, lat: number } | null, cell: { code: string, community: { nameZh: string, nameEn: string }, street: { code: string, nameZh: string, nameEn: string } }, department: { code: string, nameZh: string, nameEn: string } | null, handler: { id: string, name: string } | null } | null };

export type WorkCasesQueryVariables = Exact<{
  filter?: CaseFilter | null | undefined;
  first?: number;
  after?: string | null | undefined;
}>;


export type WorkCasesQuery = { cases: { nodes: Array<{ id: string, reference: string, kind: CategoryKind, state: CaseState, round: number, version: number, level: number, urgent: boolean, priority: number, text: string | null, clueCount: number, filedAt: string, dueAt: string | null, actions: Array<CaseAction>, category: { code: string, nameZh: string, nameEn: string }, point: { lon: number, lat: number } | null, cell: { code: string, community: { nameZh: string, nameEn: string }, street: { code: string, nameZh: string, nameEn: string } }, department: { code: string, nameZh: string, nameEn: string } | null, handler: { id: string, name: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type WhyDueQueryVariables = Exact<{
  id: string;
}>;


export type WhyDueQuery = { case: { id: string, clocks: Array<{ id: string, explanation: { calendarVersion: number | null, segments: Array<{ from: string, to: string, counted: number, reason: SegmentReason, name: string | null }>, pauses: Array<{ from: string, to: string | null, counted: number }> } | null }> } | null };

export type DepartmentNamesQueryVariables = Exact<{ [key: string]: never; }>;


export type DepartmentNamesQuery = { departments: Array<{ code: string, nameZh: string, nameEn: string }> };

export type HandlersOfQueryVariables = Exact<{
  department: string;
  street: string;
}>;


export type HandlersOfQuery = { handlers: Array<{ id: string, name: string }> };

export type ActRouteMutationVariables = Exact<{
  input: RouteCaseInput;
}>;


export type ActRouteMutation = { routeCase: { case: { id: string, reference: string, kind: CategoryKind, state: CaseState, round: number, version: number, level: number, urgent: boolean, priority: number, text: string | null, clueCount: number, filedAt: string, dueAt: string | null, actions: Array<CaseAction>, category: { code: string, nameZh: string, nameEn: string }, point: { lon: number, lat: number } | null, cell: { code: string, community: { nameZh: string, nameEn: string }, street: { code: string, nameZh: string, nameEn: string } }, department: { code: string, nameZh: string, nameEn: string } | null, handler: { id: string, name: string } | null } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type ActRecallMutationVariables = Exact<{
  input: CaseActionInput;
}>;


export type ActRecallMutation = { recallCase: { case: { id: string, reference: string, kind: CategoryKind, state: CaseState, round: number, version: number, level: number, urgent: boolean, priority: number, text: string | null, clueCount: number, filedAt: string, dueAt: string | null, actions: Array<CaseAction>, category: { code: string, nameZh: string, nameEn: string }, point: { lon: number, lat: number } | null, cell: { code: string, community: { nameZh: string, nameEn: string }, street: { code: string, nameZh: string, nameEn: string } }, department: { code: string, nameZh: string, nameEn: string } | null, handler: { id: string, name: string } | null } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type ActAcceptMutationVariables = Exact<{
  input: AcceptCaseInput;
}>;


export type ActAcceptMutation = { acceptCase: { case: { id: string, reference: string, kind: CategoryKind, state: CaseState, round: number, version: number, level: number, urgent: boolean, priority: number, text: string | null, clueCount: number, filedAt: string, dueAt: string | null, actions: Array<CaseAction>, category: { code: string, nameZh: string, nameEn: string }, point: { lon: number, lat: number } | null, cell: { code: string, community: { nameZh: string, nameEn: string }, street: { code: string, nameZh: string, nameEn: string } }, department: { code: string, nameZh: string, nameEn: string } | null, handler: { id: string, name: string } | null } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type ActNameHandlerMutationVariables = Exact<{
  input: AcceptCaseInput;
}>;


export type ActNameHandlerMutation = { nameHandler: { case: { id: string, reference: string, kind: CategoryKind, state: CaseState, round: number, version: number, level: number, urgent: boolean, priority: number, text: string | null, clueCount: number, filedAt: string, dueAt: string | null, actions: Array<CaseAction>, category: { code: string, nameZh: string, nameEn: string }, point: { lon: number, lat: number } | null, cell: { code: string, community: { nameZh: string, nameEn: string }, street: { code: string, nameZh: string, nameEn: string } }, department: { code: string, nameZh: string, nameEn: string } | null, handler: { id: string, name: string } | null } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type ActReturnMutationVariables = Exact<{
  input: ReturnCaseInput;
}>;


export type ActReturnMutation = { returnCase: { case: { id: string, reference: string, kind: CategoryKind, state: CaseState, round: number, version: number, level: number, urgent: boolean, priority: number, text: string | null, clueCount: number, filedAt: string, dueAt: string | null, actions: Array<CaseAction>, category: { code: string, nameZh: string, nameEn: string }, point: { lon: number, lat: number } | null, cell: { code: string, community: { nameZh: string, nameEn: string }, street: { code: string, nameZh: string, nameEn: string } }, department: { code: string, nameZh: string, nameEn: string } | null, handler: { id: string, name: string } | null } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type ActDecideReturnMutationVariables = Exact<{
  input: DecideReturnInput;
}>;


export type ActDecideReturnMutation = { decideReturn: { case: { id: string, reference: string, kind: CategoryKind, state: CaseState, round: number, version: number, level: number, urgent: boolean, priority: number, text: string | null, clueCount: number, filedAt: string, dueAt: string | null, actions: Array<CaseAction>, category: { code: string, nameZh: string, nameEn: string }, point: { lon: number, lat: number } | null, cell: { code: string, community: { nameZh: string, nameEn: string }, street: { code: string, nameZh: string, nameEn: string } }, department: { code: string, nameZh: string, nameEn: string } | null, handler: { id: string, name: string } | null } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type ActReportMutationVariables = Exact<{
  input: ReportDisposalInput;
}>;


export type ActReportMutation = { reportDisposal: { case: { id: string, reference: string, kind: CategoryKind, state: CaseState, round: number, version: number, level: number, urgent: boolean, priority: number, text: string | null, clueCount: number, filedAt: string, dueAt: string | null, actions: Array<CaseAction>, category: { code: string, nameZh: string, nameEn: string }, point: { lon: number, lat: number } | null, cell: { code: string, community: { nameZh: string, nameEn: string }, street: { code: string, nameZh: string, nameEn: string } }, department: { code: string, nameZh: string, nameEn: string } | null, handler: { id: string, name: string } | null } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type ActSendBackMutationVariables = Exact<{
  input: CaseActionInput;
}>;


export type ActSendBackMutation = { sendBackDisposal: { case: { id: string, reference: string, kind: CategoryKind, state: CaseState, round: number, version: number, level: number, urgent: boolean, priority: number, text: string | null, clueCount: number, filedAt: string, dueAt: string | null, actions: Array<CaseAction>, category: { code: string, nameZh: string, nameEn: string }, point: { lon: number, lat: number } | null, cell: { code: string, community: { nameZh: string, nameEn: string }, street: { code: string, nameZh: string, nameEn: string } }, department: { code: string, nameZh: string, nameEn: string } | null, handler: { id: string, name: string } | null } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type ActSubmitForCheckMutationVariables = Exact<{
  input: CaseActionInput;
}>;


export type ActSubmitForCheckMutation = { submitForCheck: { case: { id: string, reference: string, kind: CategoryKind, state: CaseState, round: number, version: number, level: number, urgent: boolean, priority: number, text: string | null, clueCount: number, filedAt: string, dueAt: string | null, actions: Array<CaseAction>, category: { code: string, nameZh: string, nameEn: string }, point: { lon: number, lat: number } | null, cell: { code: string, community: { nameZh: string, nameEn: string }, street: { code: string, nameZh: string, nameEn: string } }, department: { code: string, nameZh: string, nameEn: string } | null, handler: { id: string, name: string } | null } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type ActAssignCheckMutationVariables = Exact<{
  input: AssignCheckInput;
}>;


export type ActAssignCheckMutation = { assignCheck: { case: { id: string, reference: string, kind: CategoryKind, state: CaseState, round: number, version: number, level: number, urgent: boolean, priority: number, text: string | null, clueCount: number, filedAt: string, dueAt: string | null, actions: Array<CaseAction>, category: { code: string, nameZh: string, nameEn: string }, point: { lon: number, lat: number } | null, cell: { code: string, community: { nameZh: string, nameEn: string }, street: { code: string, nameZh: string, nameEn: string } }, department: { code: string, nameZh: string, nameEn: string } | null, handler: { id: string, name: string } | null } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type ActDecideCheckMutationVariables = Exact<{
  input: DecideCheckInput;
}>;


export type ActDecideCheckMutation = { decideCheck: { case: { id: string, reference: string, kind: CategoryKind, state: CaseState, round: number, version: number, level: number, urgent: boolean, priority: number, text: string | null, clueCount: number, filedAt: string, dueAt: string | null, actions: Array<CaseAction>, category: { code: string, nameZh: string, nameEn: string }, point: { lon: number, lat: number } | null, cell: { code: string, community: { nameZh: string, nameEn: string }, street: { code: string, nameZh: string, nameEn: string } }, department: { code: string, nameZh: string, nameEn: string } | null, handler: { id: string, name: string } | null } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type ActReopenMutationVariables = Exact<{
  input: CaseActionInput;
}>;


export type ActReopenMutation = { reopenCase: { case: { id: string, reference: string, kind: CategoryKind, state: CaseState, round: number, version: number, level: number, urgent: boolean, priority: number, text: string | null, clueCount: number, filedAt: string, dueAt: string | null, actions: Array<CaseAction>, category: { code: string, nameZh: string, nameEn: string }, point: { lon: number, lat: number } | null, cell: { code: string, community: { nameZh: string, nameEn: string }, street: { code: string, nameZh: string, nameEn: string } }, department: { code: string, nameZh: string, nameEn: string } | null, handler: { id: string, name: string } | null } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type ActRequestMutationVariables = Exact<{
  input: MakeRequestInput;
}>;


export type ActRequestMutation = { makeRequest: { case: { id: string, reference: string, kind: CategoryKind, state: CaseState, round: number, version: number, level: number, urgent: boolean, priority: number, text: string | null, clueCount: number, filedAt: string, dueAt: string | null, actions: Array<CaseAction>, category: { code: string, nameZh: string, nameEn: string }, point: { lon: number, lat: number } | null, cell: { code: string, community: { nameZh: string, nameEn: string }, street: { code: string, nameZh: string, nameEn: string } }, department: { code: string, nameZh: string, nameEn: string } | null, handler: { id: string, name: string } | null } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type ActDecideRequestMutationVariables = Exact<{
  input: DecideRequestInput;
}>;


export type ActDecideRequestMutation = { decideRequest: { case: { id: string, reference: string, kind: CategoryKind, state: CaseState, round: number, version: number, level: number, urgent: boolean, priority: number, text: string | null, clueCount: number, filedAt: string, dueAt: string | null, actions: Array<CaseAction>, category: { code: string, nameZh: string, nameEn: string }, point: { lon: number, lat: number } | null, cell: { code: string, community: { nameZh: string, nameEn: string }, street: { code: string, nameZh: string, nameEn: string } }, department: { code: string, nameZh: string, nameEn: string } | null, handler: { id: string, name: string } | null } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type ActWithdrawMutationVariables = Exact<{
  input: WithdrawRequestInput;
}>;


export type ActWithdrawMutation = { withdrawRequest: { case: { id: string, reference: string, kind: CategoryKind, state: CaseState, round: number, version: number, level: number, urgent: boolean, priority: number, text: string | null, clueCount: number, filedAt: string, dueAt: string | null, actions: Array<CaseAction>, category: { code: string, nameZh: string, nameEn: string }, point: { lon: number, lat: number } | null, cell: { code: string, community: { nameZh: string, nameEn: string }, street: { code: string, nameZh: string, nameEn: string } }, department: { code: string, nameZh: string, nameEn: string } | null, handler: { id: string, name: string } | null } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type ActResumeMutationVariables = Exact<{
  input: CaseActionInput;
}>;


export type ActResumeMutation = { resumeCase: { case: { id: string, reference: string, kind: CategoryKind, state: CaseState, round: number, version: number, level: number, urgent: boolean, priority: number, text: string | null, clueCount: number, filedAt: string, dueAt: string | null, actions: Array<CaseAction>, category: { code: string, nameZh: string, nameEn: string }, point: { lon: number, lat: number } | null, cell: { code: string, community: { nameZh: string, nameEn: string }, street: { code: string, nameZh: string, nameEn: string } }, department: { code: string, nameZh: string, nameEn: string } | null, handler: { id: string, name: string } | null } | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export type CaseChangedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type CaseChangedSubscription = { caseChanged: { id: string, reference: string, kind: CategoryKind, state: CaseState, round: number, version: number, level: number, urgent: boolean, priority: number, text: string | null, clueCount: number, filedAt: string, dueAt: string | null, actions: Array<CaseAction>, category: { code: string, nameZh: string, nameEn: string }, point: { lon: number, lat: number } | null, cell: { code: string, community: { nameZh: string, nameEn: string }, street: { code: string, nameZh: string, nameEn: string } }, department: { code: string, nameZh: string, nameEn: string } | null, handler: { id: string, name: string } | null } };

export type CaseRowFragment = { id: string, reference: string, kind: CategoryKind, state: CaseState, round: number, version: number, level: number, urgent: boolean, priority: number, text: string | null, clueCount: number, filedAt: string, dueAt: string | null, actions: Array<CaseAction>, category: { code: string, nameZh: string, nameEn: string }, point: { lon: number, lat: number } | null, cell: { code: string, community: { nameZh: string, nameEn: string }, street: { code: string, nameZh: string, nameEn: string } }, department: { code: string, nameZh: string, nameEn: string } | null, handler: { id: string, name: string } | null };

export type ActedFragment = { case: { id: string, reference: string, kind: CategoryKind, state: CaseState, round: number, version: number, level: number, urgent: boolean, priority: number, text: string | null, clueCount: number, filedAt: string, dueAt: string | null, actions: Array<CaseAction>, category: { code: string, nameZh: string, nameEn: string }, point: { lon: number, lat: number } | null, cell: { code: string, community: { nameZh: string, nameEn: string }, street: { code: string, nameZh: string, nameEn: string } }, department: { code: string, nameZh: string, nameEn: string } | null, handler: { id: string, name: string } | null } | null, errors: Array<{ code: string, message: string, path: Array<string> }> };

export type ClockFragment = { id: string, stage: ClockStage, startedAt: string, dueAt: string | null, stoppedAt: string | null, frozen: boolean, remaining: number | null, used: number | null, nextStepAt: string | null, limit: { number: number, unit: LimitUnit }, department: { code: string, nameZh: string, nameEn: string } | null };

export type EventFragment = { id: string, at: string, kind: string, round: number, role: string, detail: Record<string, unknown>, by: { id: string, name: string } | null };

export type JudgedFragment = { id: string, state: PhotoState, width: number | null, height: number | null, url: string | null, thumbUrl: string | null, reason: string | null, evidence: { grade: PhotoGrade, doubts: Array<PhotoDoubt>, shotAt: string | null, cameraDistance: number | null, deviceAt: string | null, deviceDistance: number | null, usedBefore: { case: { id: string, reference: string } | null, clue: { id: string, number: number } | null } | null } | null };

export type PhotoFragment = { id: string, state: PhotoState, width: number | null, height: number | null, url: string | null, thumbUrl: string | null, reason: string | null };

export type WorkLookAtMutationVariables = Exact<{
  id?: string | null | undefined;
}>;


export type WorkLookAtMutation = { lookAt: { looks: Array<{ subject: string, since: string, person: { id: string, name: string } }> | null, errors: Array<{ code: string, message: string, path: Array<string> }> } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const AdminCalendarFragmentDoc = new TypedDocumentString(`
    fragment AdminCalendar on Calendar {
  version
  publishedAt
  location
  dayHours
  years
  week {
    monday {
      from
      to
    }
    tuesday {
      from
      to
    }
    wednesday {
      from
      to
    }
    thursday {
      from
      to
    }
    friday {
      from
      to
    }
    saturday {
      from
      to
    }
    sunday {
      from
      to
    }
  }
  exceptions {
    date
    name
    openLike
  }
}
    `, {"fragmentName":"AdminCalendar"}) as unknown as TypedDocumentString<AdminCalendarFragment, unknown>;
export const AdminCellEditFragmentDoc = new TypedDocumentString(`
    fragment AdminCellEdit on CellEdit {
  id
  note
  effectiveAt
  state
  total
  moved
  publishedAt
  cancelledAt
  community {
    code
    nameZh
    nameEn
  }
  ends {
    code
  }
  begins {
    code
  }
  publishedBy {
    name
  }
}
    `, {"fragmentName":"AdminCellEdit"}) as unknown as TypedDocumentString<AdminCellEditFragment, unknown>;
export const AdminQuestionFragmentDoc = new TypedDocumentString(`
    fragment AdminQuestion on ChecklistItem {
  code
  questionZh
  questionEn
  hintZh
  hintEn
  kind
  condition
  optional
  whole
  least
  most
  unitZh
  unitEn
  min
  max
  category
  severity
  legalBasis
  points
  weight
  critical
  choices {
    code
    nameZh
    nameEn
    fails
    points
  }
}
    `, {"fragmentName":"AdminQuestion"}) as unknown as TypedDocumentString<AdminQuestionFragment, unknown>;
export const ImportLineFragmentDoc = new TypedDocumentString(`
    fragment ImportLine on Import {
  id
  kind
  file
  state
  rows
  written
  rejected
  about
  startedAt
  person {
    id
    name
  }
}
    `, {"fragmentName":"ImportLine"}) as unknown as TypedDocumentString<ImportLineFragment, unknown>;
export const AdminPlanRowFragmentDoc = new TypedDocumentString(`
    fragment AdminPlanRow on Plan {
  id
  name
  places
  kind
  startsOn
  createdAt
  endedAt
  region {
    code
    nameZh
    nameEn
  }
  checklist {
    id
    code
    nameZh
    nameEn
    version
  }
  rhythms {
    risk
    every
    unit
  }
  season {
    from
    until
  }
}
    `, {"fragmentName":"AdminPlanRow"}) as unknown as TypedDocumentString<AdminPlanRowFragment, unknown>;
export const AdminCampaignRowFragmentDoc = new TypedDocumentString(`
    fragment AdminCampaignRow on Campaign {
  id
  name
  state
  dueAt
  total
  generated
  done
  findings
  createdAt
  places
  kind
  risk
  region {
    code
    nameZh
    nameEn
  }
  plan {
    id
    name
  }
}
    `, {"fragmentName":"AdminCampaignRow"}) as unknown as TypedDocumentString<AdminCampaignRowFragment, unknown>;
export const AdminLadderFragmentDoc = new TypedDocumentString(`
    fragment AdminLadder on Ladder {
  code
  version
  nameZh
  nameEn
  publishedAt
  steps {
    clock
    action
    quiet
    ackQuiet
    trigger {
      percent
      offset
      event {
        occasion
        count
      }
    }
    repeat {
      percent
      offset
      times
    }
    audience {
      role
      level
      department
    }
  }
}
    `, {"fragmentName":"AdminLadder"}) as unknown as TypedDocumentString<AdminLadderFragment, unknown>;
export const RuleSetRowFragmentDoc = new TypedDocumentString(`
    fragment RuleSetRow on RuleSet {
  version
  state
  revision
  note
  basedOn
  effectiveFrom
  createdAt
  publishedAt
  authors {
    id
    name
  }
  publishedBy {
    id
    name
  }
}
    `, {"fragmentName":"RuleSetRow"}) as unknown as TypedDocumentString<RuleSetRowFragment, unknown>;
export const RuleSetDoneFragmentDoc = new TypedDocumentString(`
    fragment RuleSetDone on RuleSetPayload {
  ruleSet {
    ...RuleSetRow
  }
  errors {
    code
    message
    path
  }
}
    fragment RuleSetRow on RuleSet {
  version
  state
  revision
  note
  basedOn
  effectiveFrom
  createdAt
  publishedAt
  authors {
    id
    name
  }
  publishedBy {
    id
    name
  }
}`, {"fragmentName":"RuleSetDone"}) as unknown as TypedDocumentString<RuleSetDoneFragment, unknown>;
export const DeskAlarmFragmentDoc = new TypedDocumentString(`
    fragment DeskAlarm on Alarm {
  id
  kind
  state
  capturedAt
  raisedAt
  backBy
  accuracy
  mocked
  actions
  person {
    id
    name
  }
  cell {
    code
    community {
      nameZh
      nameEn
    }
  }
  point {
    lon
    lat
  }
  told {
    id
  }
  answers {
    person {
      id
      name
    }
    coming
    at
  }
}
    `, {"fragmentName":"DeskAlarm"}) as unknown as TypedDocumentString<DeskAlarmFragment, unknown>;
export const ClueRowFragmentDoc = new TypedDocumentString(`
    fragment ClueRow on Clue {
  id
  number
  state
  version
  urgent
  source
  text
  submittedAt
  actions
  category {
    code
    nameZh
    nameEn
  }
  point {
    lon
    lat
  }
  cell {
    code
    community {
      nameZh
      nameEn
    }
    street {
      code
      nameZh
      nameEn
    }
  }
}
    `, {"fragmentName":"ClueRow"}) as unknown as TypedDocumentString<ClueRowFragment, unknown>;
export const TriagedFragmentDoc = new TypedDocumentString(`
    fragment Triaged on CluePayload {
  clue {
    ...ClueRow
  }
  case {
    id
    reference
    state
    version
  }
  errors {
    code
    message
    path
  }
}
    fragment ClueRow on Clue {
  id
  number
  state
  version
  urgent
  source
  text
  submittedAt
  actions
  category {
    code
    nameZh
    nameEn
  }
  point {
    lon
    lat
  }
  cell {
    code
    community {
      nameZh
      nameEn
    }
    street {
      code
      nameZh
      nameEn
    }
  }
}`, {"fragmentName":"Triaged"}) as unknown as TypedDocumentString<TriagedFragment, unknown>;
export const NobodysTaskFragmentDoc = new TypedDocumentString(`
    fragment NobodysTask on InspectionTask {
  id
  dueAt
  givenBack
  campaign {
    id
    name
  }
  cell {
    code
    community {
      nameZh
      nameEn
    }
    street {
      nameZh
      nameEn
    }
  }
  premises {
    code
    name
  }
  history {
    id
    kind
    at
    note
    by {
      id
      name
    }
    from {
      id
      name
    }
    to {
      id
      name
    }
    reason
  }
}
    `, {"fragmentName":"NobodysTask"}) as unknown as TypedDocumentString<NobodysTaskFragment, unknown>;
export const MeFragmentDoc = new TypedDocumentString(`
    fragment Me on Me {
  person {
    id
    name
  }
  grants {
    role
    region {
      code
      level
      nameZh
      nameEn
    }
    department {
      code
      nameZh
      nameEn
    }
  }
  unread
  sessionExpires
}
    `, {"fragmentName":"Me"}) as unknown as TypedDocumentString<MeFragment, unknown>;
export const FollowedFragmentDoc = new TypedDocumentString(`
    fragment Followed on TrackedClue {
  number
  stage
  outcome
  reason
  submittedAt
  reopenUntil
  ratableUntil
  rating {
    score
    comment
    ratedAt
  }
  category {
    code
    nameZh
    nameEn
  }
  steps {
    stage
    at
  }
}
    `, {"fragmentName":"Followed"}) as unknown as TypedDocumentString<FollowedFragment, unknown>;
export const CaseRowFragmentDoc = new TypedDocumentString(`
    fragment CaseRow on Case {
  id
  reference
  kind
  state
  round
  version
  level
  urgent
  priority
  text
  clueCount
  filedAt
  dueAt
  actions
  category {
    code
    nameZh
    nameEn
  }
  point {
    lon
    lat
  }
  cell {
    code
    community {
      nameZh
      nameEn
    }
    street {
      code
      nameZh
      nameEn
    }
  }
  department {
    code
    nameZh
    nameEn
  }
  handler {
    id
    name
  }
}
    `, {"fragmentName":"CaseRow"}) as unknown as TypedDocumentString<CaseRowFragment, unknown>;
export const ActedFragmentDoc = new TypedDocumentString(`
    fragment Acted on CasePayload {
  case {
    ...CaseRow
  }
  errors {
    code
    message
    path
  }
}
    fragment CaseRow on Case {
  id
  reference
  kind
  state
  round
  version
  level
  urgent
  priority
  text
  clueCount
  filedAt
  dueAt
  actions
  category {
    code
    nameZh
    nameEn
  }
  point {
    lon
    lat
  }
  cell {
    code
    community {
      nameZh
      nameEn
    }
    street {
      code
      nameZh
      nameEn
    }
  }
  department {
    code
    nameZh
    nameEn
  }
  handler {
    id
    name
  }
}`, {"fragmentName":"Acted"}) as unknown as TypedDocumentString<ActedFragment, unknown>;
export const ClockFragmentDoc = new TypedDocumentString(`
    fragment Clock on Clock {
  id
  stage
  startedAt
  dueAt
  stoppedAt
  frozen
  remaining
  used
  nextStepAt
  limit {
    number
    unit
  }
  department {
    code
    nameZh
    nameEn
  }
}
    `, {"fragmentName":"Clock"}) as unknown as TypedDocumentString<ClockFragment, unknown>;
export const EventFragmentDoc = new TypedDocumentString(`
    fragment Event on Event {
  id
  at
  kind
  round
  role
  detail
  by {
    id
    name
  }
}
    `, {"fragmentName":"Event"}) as unknown as TypedDocumentString<EventFragment, unknown>;
export const PhotoFragmentDoc = new TypedDocumentString(`
    fragment Photo on Photo {
  id
  state
  width
  height
  url
  thumbUrl
  reason
}
    `, {"fragmentName":"Photo"}) as unknown as TypedDocumentString<PhotoFragment, unknown>;
export const JudgedFragmentDoc = new TypedDocumentString(`
    fragment Judged on Photo {
  ...Photo
  evidence {
    grade
    doubts
    shotAt
    cameraDistance
    deviceAt
    deviceDistance
    usedBefore {
      case {
        id
        reference
      }
      clue {
        id
        number
      }
    }
  }
}
    fragment Photo on Photo {
  id
  state
  width
  height
  url
  thumbUrl
  reason
}`, {"fragmentName":"Judged"}) as unknown as TypedDocumentString<JudgedFragment, unknown>;
export const AdminNamesDocument = {"__meta__":{"hash":"sha256:9afe15e5133c3cee24fdf22e54f832d9976cf1652713b118283a01045f9afee4"}} as unknown as TypedDocumentString<AdminNamesQuery, AdminNamesQueryVariables>;
export const AdminDutyGridsDocument = {"__meta__":{"hash":"sha256:84dee24e1470afc24470d19f6974976690718fe738b52f2d53ef9e5378d881ad"}} as unknown as TypedDocumentString<AdminDutyGridsQuery, AdminDutyGridsQueryVariables>;
export const AuditLogDocument = {"__meta__":{"hash":"sha256:b7a5d3081fa10df7d03432d50de84f05d501ba0917f41824a86f34f5f62d04a8"}} as unknown as TypedDocumentString<AuditLogQuery, AuditLogQueryVariables>;
export const AdminCalendarDocument = {"__meta__":{"hash":"sha256:9c6d38314726f6fab7a373d794cb0ca7e859934245fe41082b1839ec381cd023"}} as unknown as TypedDocumentString<AdminCalendarQuery, AdminCalendarQueryVariables>;
export const AdminRederivationsDocument = {"__meta__":{"hash":"sha256:0ce6fac7924183a71cf3eec9eac3fae7a19d0f8a5f8d677c4e9a78dc59f64bb8"}} as unknown as TypedDocumentString<AdminRederivationsQuery, AdminRederivationsQueryVariables>;
export const AdminPreviewCalendarDocument = {"__meta__":{"hash":"sha256:e02afdb91f113aaee85338fa1f006c2683289d735cd5bef37eb026ca0c58c3e8"}} as unknown as TypedDocumentString<AdminPreviewCalendarMutation, AdminPreviewCalendarMutationVariables>;
export const AdminPublishCalendarDocument = {"__meta__":{"hash":"sha256:fc99d91aea410240903b54bd8a2b6af2e28764b2442c3021bb71c2433ddba748"}} as unknown as TypedDocumentString<AdminPublishCalendarMutation, AdminPublishCalendarMutationVariables>;
export const AdminFindRegionsDocument = {"__meta__":{"hash":"sha256:e6a7bdbecb49857c95eab052c64d5271b184eeed8d2187096cd780342556aeac"}} as unknown as TypedDocumentString<AdminFindRegionsQuery, AdminFindRegionsQueryVariables>;
export const AdminCommunitiesDocument = {"__meta__":{"hash":"sha256:765a491e1b20d75c39af94e24ddc444d79c937620f0f4c8a3200087a916a4f44"}} as unknown as TypedDocumentString<AdminCommunitiesQuery, AdminCommunitiesQueryVariables>;
export const AdminCommunityDocument = {"__meta__":{"hash":"sha256:0e27d098a63f5e284a908d24232e8355ef288af2ca24afed0c42a97d83430d27"}} as unknown as TypedDocumentString<AdminCommunityQuery, AdminCommunityQueryVariables>;
export const AdminCellEditsDocument = {"__meta__":{"hash":"sha256:8ce68bc8ff5610fd799122c418ecf129608f7b41a10c86a23c9e1201045345b6"}} as unknown as TypedDocumentString<AdminCellEditsQuery, AdminCellEditsQueryVariables>;
export const AdminPreviewCellEditDocument = {"__meta__":{"hash":"sha256:80bf4563b908edc81a622cb001082ffbff1adf504f9d1c3036ab9af494b97784"}} as unknown as TypedDocumentString<AdminPreviewCellEditMutation, AdminPreviewCellEditMutationVariables>;
export const AdminPublishCellEditDocument = {"__meta__":{"hash":"sha256:dc320242f5596e71bc960d764c216ffe92e7e34d7b8dd2c572e5c25deab3a62f"}} as unknown as TypedDocumentString<AdminPublishCellEditMutation, AdminPublishCellEditMutationVariables>;
export const AdminCancelCellEditDocument = {"__meta__":{"hash":"sha256:68aa96be0b28b96bcece9e0ff750bc3a4b8eb4eb07b1765a845a04128001ef52"}} as unknown as TypedDocumentString<AdminCancelCellEditMutation, AdminCancelCellEditMutationVariables>;
export const AdminChecklistListDocument = {"__meta__":{"hash":"sha256:9c0c915a6afbf0daf24a77817f330dc0ddd1e9a8d6ce90ad7e303029de844ddf"}} as unknown as TypedDocumentString<AdminChecklistListQuery, AdminChecklistListQueryVariables>;
export const AdminChecklistVersionsDocument = {"__meta__":{"hash":"sha256:3666dac38862ab7471a6691637f5463c9ebbe5ede5c52c21df50694be3b42b4f"}} as unknown as TypedDocumentString<AdminChecklistVersionsQuery, AdminChecklistVersionsQueryVariables>;
export const AdminImportChecklistDocument = {"__meta__":{"hash":"sha256:e412c8dceb74917d1468c2c57f8a11f605ce812621ae7364644c4782124e7032"}} as unknown as TypedDocumentString<AdminImportChecklistMutation, AdminImportChecklistMutationVariables>;
export const AdminImportOffersDocument = {"__meta__":{"hash":"sha256:55bdc9fa821ee8cd8094140ba65fdd142c86126abae05b36a9764620a98a8295"}} as unknown as TypedDocumentString<AdminImportOffersQuery, AdminImportOffersQueryVariables>;
export const AdminImportProfilesDocument = {"__meta__":{"hash":"sha256:34d2189364a642664e9d79326855eb6b5ff947385d3b19f013a2aa0ac8012c54"}} as unknown as TypedDocumentString<AdminImportProfilesQuery, AdminImportProfilesQueryVariables>;
export const AdminImportLookDocument = {"__meta__":{"hash":"sha256:5e09c0bfd3af790c562770b6cc75f2250a0602d4ca00d0effd52f77b3890fbf4"}} as unknown as TypedDocumentString<AdminImportLookQuery, AdminImportLookQueryVariables>;
export const AdminImportsDocument = {"__meta__":{"hash":"sha256:92340611a29b8c66ce73e6c07a2cfc025274f036bf3b5ae8dcd2181ffd5aaa6b"}} as unknown as TypedDocumentString<AdminImportsQuery, AdminImportsQueryVariables>;
export const AdminImportDocument = {"__meta__":{"hash":"sha256:5961c134281de8e6788cf91e3ec7ab5b6351a597ab14c255b2623fcf855d5d07"}} as unknown as TypedDocumentString<AdminImportQuery, AdminImportQueryVariables>;
export const AdminImportRejectsDocument = {"__meta__":{"hash":"sha256:8888b005de4911946a59172b0b4a5bf2a9741c692aaebf1cfc8f2a5912ce659d"}} as unknown as TypedDocumentString<AdminImportRejectsQuery, AdminImportRejectsQueryVariables>;
export const AdminBeginImportDocument = {"__meta__":{"hash":"sha256:29a736ec4d8c43746117f634462b4d2cf45ab5e653e860e1b5036f00e4bb84a7"}} as unknown as TypedDocumentString<AdminBeginImportMutation, AdminBeginImportMutationVariables>;
export const AdminStopImportDocument = {"__meta__":{"hash":"sha256:f8c7155f1ed8f302f4da43201842edf0bf91716785e583211c7eb90089438e70"}} as unknown as TypedDocumentString<AdminStopImportMutation, AdminStopImportMutationVariables>;
export const AdminGoOnWithImportDocument = {"__meta__":{"hash":"sha256:370169bbcda43854b3604f2a2e8e2042b46ec8d733ede0e6fd2a18a1abc8ef96"}} as unknown as TypedDocumentString<AdminGoOnWithImportMutation, AdminGoOnWithImportMutationVariables>;
export const AdminCampaignsDocument = {"__meta__":{"hash":"sha256:d3e563be8b6969b399819e7a857ba9df7e3690ae4e1ed1de21d364d793e600a7"}} as unknown as TypedDocumentString<AdminCampaignsQuery, AdminCampaignsQueryVariables>;
export const AdminCampaignDocument = {"__meta__":{"hash":"sha256:61483b66a667750c393a310436e2c9885d30a382388a891d2b62024f9cb83d7d"}} as unknown as TypedDocumentString<AdminCampaignQuery, AdminCampaignQueryVariables>;
export const AdminPlansDocument = {"__meta__":{"hash":"sha256:4b943c6ae9e49a76e72c1347355f2b911e6744a1d071bdb72a55371d3164adef"}} as unknown as TypedDocumentString<AdminPlansQuery, AdminPlansQueryVariables>;
export const AdminPlanDocument = {"__meta__":{"hash":"sha256:3036751f65b044356d8f95c07c129aff018be8099ecc21ac79a2f86ebef51b6a"}} as unknown as TypedDocumentString<AdminPlanQuery, AdminPlanQueryVariables>;
export const AdminPreviewPlanDocument = {"__meta__":{"hash":"sha256:4bc43b15c8a4ca2026e23610c29a987b95899196049a17c954006f4dd1375756"}} as unknown as TypedDocumentString<AdminPreviewPlanQuery, AdminPreviewPlanQueryVariables>;
export const AdminCreatePlanDocument = {"__meta__":{"hash":"sha256:ca17b0a7f2de8f5b1fd2940e37e6c3b1e72e1912cb31f95d6e38ee2348effc5b"}} as unknown as TypedDocumentString<AdminCreatePlanMutation, AdminCreatePlanMutationVariables>;
export const AdminEndPlanDocument = {"__meta__":{"hash":"sha256:d3984b823ff91fc89083d9bff7cb13a20567f90003f504b2d92388799ff8cbd6"}} as unknown as TypedDocumentString<AdminEndPlanMutation, AdminEndPlanMutationVariables>;
export const AdminChecklistsDocument = {"__meta__":{"hash":"sha256:4263b4abef20b4fff9ba76229d5269a5e04c864f80ea5901c4b9e045d214c1ef"}} as unknown as TypedDocumentString<AdminChecklistsQuery, AdminChecklistsQueryVariables>;
export const AdminOddCodesDocument = {"__meta__":{"hash":"sha256:2e06b11766a431373a53c97699414caf23e6dae387807a052219beb5790deee1"}} as unknown as TypedDocumentString<AdminOddCodesQuery, AdminOddCodesQueryVariables>;
export const AdminStartCampaignDocument = {"__meta__":{"hash":"sha256:f660481fe9580e2ef9dd555d8d3bc2b719e53f597c6635cb40e78f4c151d565b"}} as unknown as TypedDocumentString<AdminStartCampaignMutation, AdminStartCampaignMutationVariables>;
export const AdminCloseCampaignDocument = {"__meta__":{"hash":"sha256:d65fe0f9fc385f4bdc4fb1d4c4942bb1beaff12bccfd6e22ac82b53f13df7888"}} as unknown as TypedDocumentString<AdminCloseCampaignMutation, AdminCloseCampaignMutationVariables>;
export const AdminLaddersDocument = {"__meta__":{"hash":"sha256:9cbbbbe664f95bc89b472c6c2c4606182488798e5e0cd8ed5f40c22c240b135b"}} as unknown as TypedDocumentString<AdminLaddersQuery, AdminLaddersQueryVariables>;
export const AdminQuietRuleDocument = {"__meta__":{"hash":"sha256:32c9e4d8cc018a55148ab0ec27b8986f88ec9f8e4196d4f4174ae1ebb7fffe8e"}} as unknown as TypedDocumentString<AdminQuietRuleQuery, AdminQuietRuleQueryVariables>;
export const AdminPublishLadderDocument = {"__meta__":{"hash":"sha256:4594ffa06e216c8fb4c1f2b8d81b7924500e410706985b2955140e6dffc7346f"}} as unknown as TypedDocumentString<AdminPublishLadderMutation, AdminPublishLadderMutationVariables>;
export const AdminPublishQuietRuleDocument = {"__meta__":{"hash":"sha256:87f370aa432e6bd93405326cf7c3ceb3f9a2a690d5ae270d5bfdcb6561142471"}} as unknown as TypedDocumentString<AdminPublishQuietRuleMutation, AdminPublishQuietRuleMutationVariables>;
export const AdminTimerRulesDocument = {"__meta__":{"hash":"sha256:66be187613dc7a9a85e05199c57dc2fb300f2fefb77f2dd0348ea597ea26e2da"}} as unknown as TypedDocumentString<AdminTimerRulesQuery, AdminTimerRulesQueryVariables>;
export const AdminStaffDocument = {"__meta__":{"hash":"sha256:7a235800b55257aec324dd8c33f8da97aac01902b3bb89b0ccda0c29ffbb9539"}} as unknown as TypedDocumentString<AdminStaffQuery, AdminStaffQueryVariables>;
export const AdminMemberDocument = {"__meta__":{"hash":"sha256:4277d67d4757982727000e041e79d9ca4393261b8662e183f11f34588458e55f"}} as unknown as TypedDocumentString<AdminMemberQuery, AdminMemberQueryVariables>;
export const AdminGrantRequestsDocument = {"__meta__":{"hash":"sha256:ef4abe917b424e7c39003ba8446bbff79ed6d4ed1176dc3e1957627df6b11c6c"}} as unknown as TypedDocumentString<AdminGrantRequestsQuery, AdminGrantRequestsQueryVariables>;
export const RegisterStaffDocument = {"__meta__":{"hash":"sha256:d4136f2c589c17c7eb72350588794f0b767e785cba186aafd161b490c372dbca"}} as unknown as TypedDocumentString<RegisterStaffMutation, RegisterStaffMutationVariables>;
export const ResetPasswordDocument = {"__meta__":{"hash":"sha256:2dbc7487d356f8b775f08268dc2d48a4b81ccf7c2498c17e60a80354e29f82b7"}} as unknown as TypedDocumentString<ResetPasswordMutation, ResetPasswordMutationVariables>;
export const DisableStaffDocument = {"__meta__":{"hash":"sha256:2ce4b65d6243154e367132c39af5e140301401b8872ca26906dc4c27a8278cd0"}} as unknown as TypedDocumentString<DisableStaffMutation, DisableStaffMutationVariables>;
export const EnableStaffDocument = {"__meta__":{"hash":"sha256:34c404d00ba11b2d1ab64efca50f492804d0b1293418b00e77016d135bfc0de9"}} as unknown as TypedDocumentString<EnableStaffMutation, EnableStaffMutationVariables>;
export const AskGrantDocument = {"__meta__":{"hash":"sha256:4f0801e7ede1ca82c0d69d3aff7752fdfa7bbcc1b54e5263960b286e6adea3f3"}} as unknown as TypedDocumentString<AskGrantMutation, AskGrantMutationVariables>;
export const DecideGrantDocument = {"__meta__":{"hash":"sha256:3580b8ca1ab77c892e71d589881068e896d01ce4e123bbe1baff1ed27a8b4780"}} as unknown as TypedDocumentString<DecideGrantMutation, DecideGrantMutationVariables>;
export const WithdrawGrantDocument = {"__meta__":{"hash":"sha256:30bb81de1161f2321609047d1e38d2fe7257b11fbecf6eb7d27393a291ecc415"}} as unknown as TypedDocumentString<WithdrawGrantMutation, WithdrawGrantMutationVariables>;
export const RevokeGrantDocument = {"__meta__":{"hash":"sha256:d2988e0ccef792ace1da7ed7af78878ef67efa5e94c7a9f6b54317255adcb530"}} as unknown as TypedDocumentString<RevokeGrantMutation, RevokeGrantMutationVariables>;
export const AddShiftDocument = {"__meta__":{"hash":"sha256:8068f2f98a393bffca584c321ed3b9749217b678d32b0b2c8586a03224a6b070"}} as unknown as TypedDocumentString<AddShiftMutation, AddShiftMutationVariables>;
export const EndShiftDocument = {"__meta__":{"hash":"sha256:4cd2077fddb5fca30d46a79dc0fc65ae54599e911a1fd5583d9628fbe6a329ed"}} as unknown as TypedDocumentString<EndShiftMutation, EndShiftMutationVariables>;
export const AddAbsenceDocument = {"__meta__":{"hash":"sha256:d4bfb419c1745bb7f102cd0e15eba6e042b0d2eeab5fce1ad746de57a718f1bb"}} as unknown as TypedDocumentString<AddAbsenceMutation, AddAbsenceMutationVariables>;
export const EndAbsenceDocument = {"__meta__":{"hash":"sha256:e4b55429f8445857a3fed176e08178a23fa2cd4e987776d423a6348183dd4797"}} as unknown as TypedDocumentString<EndAbsenceMutation, EndAbsenceMutationVariables>;
export const AssignDutyDocument = {"__meta__":{"hash":"sha256:24b22ee5f1adcedaaa352df4a0b26d5a35f55afaa6c98752fbc06e4e6447c0d9"}} as unknown as TypedDocumentString<AssignDutyMutation, AssignDutyMutationVariables>;
export const EndDutyDocument = {"__meta__":{"hash":"sha256:6958d7ff775a9b14431c76b401d6264dc0f5252b46228ccaed3a0e06e2a0bc89"}} as unknown as TypedDocumentString<EndDutyMutation, EndDutyMutationVariables>;
export const RevokeDeviceDocument = {"__meta__":{"hash":"sha256:efff876072543bc0c273b381cafeb3f3eef0a2fd1c921207de7260c38c6bdd1c"}} as unknown as TypedDocumentString<RevokeDeviceMutation, RevokeDeviceMutationVariables>;
export const AdminRuleSetsDocument = {"__meta__":{"hash":"sha256:f278df22fb3ccec7b0fa9598c8b4bb0e83dde9c2c2adf217d06d0d00636177bc"}} as unknown as TypedDocumentString<AdminRuleSetsQuery, AdminRuleSetsQueryVariables>;
export const AdminRuleSetDocument = {"__meta__":{"hash":"sha256:1e7ad3029045f2ca2daba42014ac2196e4bce1e201b7990faf156709febd2ab0"}} as unknown as TypedDocumentString<AdminRuleSetQuery, AdminRuleSetQueryVariables>;
export const AdminReplayDocument = {"__meta__":{"hash":"sha256:e06ab1af9a146511b401fb18e36f01c62b63dd5f1e4e4af0ea7be38dca0ac019"}} as unknown as TypedDocumentString<AdminReplayQuery, AdminReplayQueryVariables>;
export const AdminMovedDocument = {"__meta__":{"hash":"sha256:77f4ef38fae4e9efda8b71b31d28173901e47bade881737729a119ed60655f01"}} as unknown as TypedDocumentString<AdminMovedQuery, AdminMovedQueryVariables>;
export const AdminDraftRulesDocument = {"__meta__":{"hash":"sha256:8138bc351ea1753e8006ff4be0c486f8015de9fb40e632b4f422528046aad4e2"}} as unknown as TypedDocumentString<AdminDraftRulesMutation, AdminDraftRulesMutationVariables>;
export const AdminEditRulesDocument = {"__meta__":{"hash":"sha256:413b2268f0c9842f92970b84394994fc955ab114dceba36be8a4faa1013e2eea"}} as unknown as TypedDocumentString<AdminEditRulesMutation, AdminEditRulesMutationVariables>;
export const AdminDiscardRulesDocument = {"__meta__":{"hash":"sha256:c4b9e772010bdf21c0dd2f0d8aec9f10249a4c2f4104d2cc5d384992eed5d2f8"}} as unknown as TypedDocumentString<AdminDiscardRulesMutation, AdminDiscardRulesMutationVariables>;
export const AdminPublishRulesDocument = {"__meta__":{"hash":"sha256:9419fffc096ba09eeb96fc507d0e4abd7c77e3c50abd9f8f053af3dcfe2109ad"}} as unknown as TypedDocumentString<AdminPublishRulesMutation, AdminPublishRulesMutationVariables>;
export const AdminRollbackRulesDocument = {"__meta__":{"hash":"sha256:1c1d3a37a6d9df3bb9e5f004aedba6748b35f2e2447d68043549bae1d73aacda"}} as unknown as TypedDocumentString<AdminRollbackRulesMutation, AdminRollbackRulesMutationVariables>;
export const AdminStandardsDocument = {"__meta__":{"hash":"sha256:9b2cb27bc6efcebb399eab642019324cf8eeb11b87ff27d59ca37aa6386aef17"}} as unknown as TypedDocumentString<AdminStandardsQuery, AdminStandardsQueryVariables>;
export const CodesRegionDocument = {"__meta__":{"hash":"sha256:dbb16829c45373d0680afbddf470e25d9a08444edda744d550a70264f3e0413c"}} as unknown as TypedDocumentString<CodesRegionQuery, CodesRegionQueryVariables>;
export const CodesOfPremisesDocument = {"__meta__":{"hash":"sha256:22086171cbd9f2a22490404fe47d07463e9f61eac0db3280cfb554cdbff049b8"}} as unknown as TypedDocumentString<CodesOfPremisesQuery, CodesOfPremisesQueryVariables>;
export const PrintCodesDocument = {"__meta__":{"hash":"sha256:2c0fe85ab788852179e4c3b0c031bbc7183acc85e99f1440a036ddd1792f85de"}} as unknown as TypedDocumentString<PrintCodesMutation, PrintCodesMutationVariables>;
export const WithdrawCodeDocument = {"__meta__":{"hash":"sha256:17a5617929bce602b3c838fcb428502f292c521a6279aee436e2dac256168ac4"}} as unknown as TypedDocumentString<WithdrawCodeMutation, WithdrawCodeMutationVariables>;
export const DeskAlarmsDocument = {"__meta__":{"hash":"sha256:44f019b763eb94cbc9fcc7f5ded131119aae510ccdc6f4878846f31ee81416b2"}} as unknown as TypedDocumentString<DeskAlarmsQuery, DeskAlarmsQueryVariables>;
export const AnswerAlarmDocument = {"__meta__":{"hash":"sha256:3a3066317bc1c1b25bef2ed0f548437de53f7d68240bf6a53465297118e24453"}} as unknown as TypedDocumentString<AnswerAlarmMutation, AnswerAlarmMutationVariables>;
export const EndAlarmDocument = {"__meta__":{"hash":"sha256:beae356e469ce45bd5176f867cf38576ff86ed5c20a2655f20bfbd02e2f9ff1e"}} as unknown as TypedDocumentString<EndAlarmMutation, EndAlarmMutationVariables>;
export const DeskQueueDocument = {"__meta__":{"hash":"sha256:19cf48147874d5a4e1476b9862690690071478b0f7d6a95668b45ac975c5f068"}} as unknown as TypedDocumentString<DeskQueueQuery, DeskQueueQueryVariables>;
export const DeskClueDocument = {"__meta__":{"hash":"sha256:3927ee59d55c869df93d7b3da485f569c451a888d5092e38fbfc4f1282d293fa"}} as unknown as TypedDocumentString<DeskClueQuery, DeskClueQueryVariables>;
export const DeskStandardsDocument = {"__meta__":{"hash":"sha256:750d1fe6f61a99a0f15acdc9315ebc281e2402749af0893308ae861007025cb2"}} as unknown as TypedDocumentString<DeskStandardsQuery, DeskStandardsQueryVariables>;
export const TriageVerifyDocument = {"__meta__":{"hash":"sha256:80d40a3264281157d8e8ff3bb59d4a22c0297afe717ad82c97b888abce99ccda"}} as unknown as TypedDocumentString<TriageVerifyMutation, TriageVerifyMutationVariables>;
export const TriageFileDocument = {"__meta__":{"hash":"sha256:2cd22f1502a66b81353a91048145d6deef68ac44d000e7fe3a6593354e840620"}} as unknown as TypedDocumentString<TriageFileMutation, TriageFileMutationVariables>;
export const TriageMergeDocument = {"__meta__":{"hash":"sha256:85c57320e6bb8b8ce2925d519a51e1bdfe24619002f45b63677f4a4e7aed5c98"}} as unknown as TypedDocumentString<TriageMergeMutation, TriageMergeMutationVariables>;
export const TriageUnmergeDocument = {"__meta__":{"hash":"sha256:b609f3ccddedda0c72c32fc2fb6af74953b86b323d0ef2a454d43d85d10bd8e4"}} as unknown as TypedDocumentString<TriageUnmergeMutation, TriageUnmergeMutationVariables>;
export const TriageOnSpotDocument = {"__meta__":{"hash":"sha256:0bd98468f490137a4b0bebc1228df8fba6082b2270098cf8c76cb6440b43ec07"}} as unknown as TypedDocumentString<TriageOnSpotMutation, TriageOnSpotMutationVariables>;
export const TriageRefuseDocument = {"__meta__":{"hash":"sha256:75d49132cc4e39a7f722eabc9b843c26d2bf7e67079d1bd8c8579de5482f1f11"}} as unknown as TypedDocumentString<TriageRefuseMutation, TriageRefuseMutationVariables>;
export const TriageReferDocument = {"__meta__":{"hash":"sha256:7f42a77896f28749abfe1498c860626a7ca465e426c13a8356271fc3dc05c223"}} as unknown as TypedDocumentString<TriageReferMutation, TriageReferMutationVariables>;
export const DeskTasksDocument = {"__meta__":{"hash":"sha256:2a740a01af3c7926658a117daddb8e5d2bbe15ac75a2183178666b85f58e7a70"}} as unknown as TypedDocumentString<DeskTasksQuery, DeskTasksQueryVariables>;
export const DeskTakersDocument = {"__meta__":{"hash":"sha256:4f153439c1738288d442de31e86522f8d1a714ae635b0d02881cf502d1a9cd16"}} as unknown as TypedDocumentString<DeskTakersQuery, DeskTakersQueryVariables>;
export const DeskAssignDocument = {"__meta__":{"hash":"sha256:17bc76f2f1ba200ae72f550d5efdba73e6ed5a538fb682c6116c9367f5be7634"}} as unknown as TypedDocumentString<DeskAssignMutation, DeskAssignMutationVariables>;
export const DeskConflictsDocument = {"__meta__":{"hash":"sha256:e527f40a2d5b31f7fddf5bad1366869b22d5721e8957bc048e69c9c08292c373"}} as unknown as TypedDocumentString<DeskConflictsQuery, DeskConflictsQueryVariables>;
export const DeskQuarantineDocument = {"__meta__":{"hash":"sha256:10ad0e74dea9e0e8a0cf0031278c80d9d8a55f43fa384fc9e1a8cd63f2faa722"}} as unknown as TypedDocumentString<DeskQuarantineQuery, DeskQuarantineQueryVariables>;
export const DeskDecideConflictDocument = {"__meta__":{"hash":"sha256:baac88c977451eb83b3057734822c099fc062eaa045f6c9da46f5b91dbc6dcb3"}} as unknown as TypedDocumentString<DeskDecideConflictMutation, DeskDecideConflictMutationVariables>;
export const DeskDecideHeldDocument = {"__meta__":{"hash":"sha256:284fd03215d21d11f11e1fa935d3cf444cdf7137306ab42fafb40d5fcb8f3aad"}} as unknown as TypedDocumentString<DeskDecideHeldMutation, DeskDecideHeldMutationVariables>;
export const FieldTakersDocument = {"__meta__":{"hash":"sha256:aea002f4062811d816ecb3360ff67c95f43d1a1e29bf046c4d8d7b05b5481af5"}} as unknown as TypedDocumentString<FieldTakersQuery, FieldTakersQueryVariables>;
export const FieldOfferDocument = {"__meta__":{"hash":"sha256:12df495f1f5c7a067fd74d858912ec361104c28253b6bdbaad94b2c7917ac2a1"}} as unknown as TypedDocumentString<FieldOfferMutation, FieldOfferMutationVariables>;
export const FieldWithdrawOfferDocument = {"__meta__":{"hash":"sha256:c55d8fcc40c4fe87ef0ebab46ec54c4df66c6113e050e17cd5b1e3087ae46c02"}} as unknown as TypedDocumentString<FieldWithdrawOfferMutation, FieldWithdrawOfferMutationVariables>;
export const RegionSeatDocument = {"__meta__":{"hash":"sha256:2279d17218754e124648ad2d76426f1736951d8570ac08285860b55452b01b77"}} as unknown as TypedDocumentString<RegionSeatQuery, RegionSeatQueryVariables>;
export const MeDocument = {"__meta__":{"hash":"sha256:8ed74508db30a755f327069ac2c3e3f86f5b8d202170c245ad6664f4ef06dcb8"}} as unknown as TypedDocumentString<MeQuery, MeQueryVariables>;
export const SignInDocument = {"__meta__":{"hash":"sha256:9f9c4b3d75a33ea31a20e2abb1c898b28ebcaa85c05fa921041903c4c4f9305a"}} as unknown as TypedDocumentString<SignInMutation, SignInMutationVariables>;
export const ChoosePasswordDocument = {"__meta__":{"hash":"sha256:3edce12e62f85f70b691650a3c2d7f248800a952832a774bffb288d2f8277283"}} as unknown as TypedDocumentString<ChoosePasswordMutation, ChoosePasswordMutationVariables>;
export const SignOutDocument = {"__meta__":{"hash":"sha256:ffd093bc73cd0e180b4296d8e8b21a3311efcff70fe2ca4fd0032c4654692619"}} as unknown as TypedDocumentString<SignOutMutation, SignOutMutationVariables>;
export const CategoriesDocument = {"__meta__":{"hash":"sha256:44db15220f27c68de2af3e2187dccd42d1213348b8bab320dd9df954757512da"}} as unknown as TypedDocumentString<CategoriesQuery, CategoriesQueryVariables>;
export const LandingDocument = {"__meta__":{"hash":"sha256:a3813652dcbef1bac0e6da75c844bf914c8fe4fa93e82c67d30230874e3479b8"}} as unknown as TypedDocumentString<LandingQuery, LandingQueryVariables>;
export const SendTipDocument = {"__meta__":{"hash":"sha256:ed585fc1ebb1367c03939dda52a83b7af3a5324cb1d9b9df7506c819bab9c9c1"}} as unknown as TypedDocumentString<SendTipMutation, SendTipMutationVariables>;
export const FollowTipDocument = {"__meta__":{"hash":"sha256:b6d4441b3a0896a9b6bc07ab4d028514548f17a9db7d6c1aefde70235168da41"}} as unknown as TypedDocumentString<FollowTipQuery, FollowTipQueryVariables>;
export const ContestTipDocument = {"__meta__":{"hash":"sha256:c980d66c5cab69ffad28764d3c73c3be83214313c56381924b718fc97c406562"}} as unknown as TypedDocumentString<ContestTipMutation, ContestTipMutationVariables>;
export const RateTipDocument = {"__meta__":{"hash":"sha256:cacb7cd5e8a046a4bd3ab8fd29874401b2212287aea5669d8a54c6f5a0d0c50e"}} as unknown as TypedDocumentString<RateTipMutation, RateTipMutationVariables>;
export const WallFiguresDocument = {"__meta__":{"hash":"sha256:4bba4ff9c9cb937f0e8adb16e17703e203353902fb186d420c717a1f6ded31d1"}} as unknown as TypedDocumentString<WallFiguresQuery, WallFiguresQueryVariables>;
export const WallBehindDocument = {"__meta__":{"hash":"sha256:083b414b29c1b8e9011174ea1ded00d27472be16ed72806ac9dd7b3f260deb55"}} as unknown as TypedDocumentString<WallBehindQuery, WallBehindQueryVariables>;
export const WallHeatDocument = {"__meta__":{"hash":"sha256:7e9ab6c441f6dc620a82d21db3de5407583c5f9c7092e272eb40195bb53bada6"}} as unknown as TypedDocumentString<WallHeatQuery, WallHeatQueryVariables>;
export const WallPlaybackDocument = {"__meta__":{"hash":"sha256:52b9e10539c16243326c44c8772fa1c8a119a936de26f5eb63a4630409976c24"}} as unknown as TypedDocumentString<WallPlaybackQuery, WallPlaybackQueryVariables>;
export const WorkCaseDocument = {"__meta__":{"hash":"sha256:44e0bc0186fe5699e309b049613590aea7eb8acda2f506f98c176414a5476d85"}} as unknown as TypedDocumentString<WorkCaseQuery, WorkCaseQueryVariables>;
export const WorkCasesDocument = {"__meta__":{"hash":"sha256:f4d3a7e96f880d51122ad1a468966007320b76a7d6993ee9064c0734b29a64a9"}} as unknown as TypedDocumentString<WorkCasesQuery, WorkCasesQueryVariables>;
export const WhyDueDocument = {"__meta__":{"hash":"sha256:5b05415c445ed22519a2cb841fa337700650ada14bd692b172d97dc776586b5b"}} as unknown as TypedDocumentString<WhyDueQuery, WhyDueQueryVariables>;
export const DepartmentNamesDocument = {"__meta__":{"hash":"sha256:1de24ea7ae696e7d6088fdbe27c25ac5c266d27cb7e6d1b7ac858d2c1411b68d"}} as unknown as TypedDocumentString<DepartmentNamesQuery, DepartmentNamesQueryVariables>;
export const HandlersOfDocument = {"__meta__":{"hash":"sha256:2d3d4c17441be115e97a1c8929cd77fd326e730ea8f8c3a295c3ae03fba7cc64"}} as unknown as TypedDocumentString<HandlersOfQuery, HandlersOfQueryVariables>;
export const ActRouteDocument = {"__meta__":{"hash":"sha256:192ab20b463753ecd9e43afadc1c8fbcbac5f55163969d1168c8600aaaefddca"}} as unknown as TypedDocumentString<ActRouteMutation, ActRouteMutationVariables>;
export const ActRecallDocument = {"__meta__":{"hash":"sha256:b324f1a003f2e6ff8569afff1c1bc7c7067057dc3f3986cecef138c137060072"}} as unknown as TypedDocumentString<ActRecallMutation, ActRecallMutationVariables>;
export const ActAcceptDocument = {"__meta__":{"hash":"sha256:b356f6f96040234df730910970939475a7f4ea7956cc00c2821df8833c3582a6"}} as unknown as TypedDocumentString<ActAcceptMutation, ActAcceptMutationVariables>;
export const ActNameHandlerDocument = {"__meta__":{"hash":"sha256:a30ff89b83606812f91661399b746fdc530d8556a92ce4c8fd47df52b3dbcead"}} as unknown as TypedDocumentString<ActNameHandlerMutation, ActNameHandlerMutationVariables>;
export const ActReturnDocument = {"__meta__":{"hash":"sha256:97ce56d9bd4f676b6a1668cc7bc269f981084cdc8d15764a9272205b9f843ff2"}} as unknown as TypedDocumentString<ActReturnMutation, ActReturnMutationVariables>;
export const ActDecideReturnDocument = {"__meta__":{"hash":"sha256:c945379e6660af917fbc1036a1d39055b0f7b3ad3f1c6469bbbaea75dd4dcf01"}} as unknown as TypedDocumentString<ActDecideReturnMutation, ActDecideReturnMutationVariables>;
export const ActReportDocument = {"__meta__":{"hash":"sha256:c840c98e0cd951843be93aff1d69e732c647ba3d4911e26cf675126fdab466b9"}} as unknown as TypedDocumentString<ActReportMutation, ActReportMutationVariables>;
export const ActSendBackDocument = {"__meta__":{"hash":"sha256:cf0945d8919bffc1bc01ddc055760ffd4362bbb33287d70fb118d89ce0e31915"}} as unknown as TypedDocumentString<ActSendBackMutation, ActSendBackMutationVariables>;
export const ActSubmitForCheckDocument = {"__meta__":{"hash":"sha256:3d6b104cf0ecd3ab26338880d28cebaf008b5f9f3af919875430dc00a232460b"}} as unknown as TypedDocumentString<ActSubmitForCheckMutation, ActSubmitForCheckMutationVariables>;
export const ActAssignCheckDocument = {"__meta__":{"hash":"sha256:097813ad5f343bbbca260eb3f527013eaa8e23fc3ee353aae3200383f169d518"}} as unknown as TypedDocumentString<ActAssignCheckMutation, ActAssignCheckMutationVariables>;
export const ActDecideCheckDocument = {"__meta__":{"hash":"sha256:26b1fca4353a5ce0ce0a7b8bda1da8e6581c61af2952d9d140fb903e91c249bd"}} as unknown as TypedDocumentString<ActDecideCheckMutation, ActDecideCheckMutationVariables>;
export const ActReopenDocument = {"__meta__":{"hash":"sha256:ae225a7b226a1b63d2644a56f243160ab05704e6c80d3fb3b96ab55a247aa2b5"}} as unknown as TypedDocumentString<ActReopenMutation, ActReopenMutationVariables>;
export const ActRequestDocument = {"__meta__":{"hash":"sha256:6094ab0aaf53282583d248e78d44a56243cd33e2f3726c665ce95579a1acaea9"}} as unknown as TypedDocumentString<ActRequestMutation, ActRequestMutationVariables>;
export const ActDecideRequestDocument = {"__meta__":{"hash":"sha256:f2fd6702cf54ddd88df673796484e36998275e7409eb6a12b49094f9c41dc6f3"}} as unknown as TypedDocumentString<ActDecideRequestMutation, ActDecideRequestMutationVariables>;
export const ActWithdrawDocument = {"__meta__":{"hash":"sha256:63e3245de30923a4048e565e7e08063e69206dfa2be2507265a40bd77aba2c77"}} as unknown as TypedDocumentString<ActWithdrawMutation, ActWithdrawMutationVariables>;
export const ActResumeDocument = {"__meta__":{"hash":"sha256:48aa906df1eeab874d37938b39d1439806be438949f404dcdcba4b2f9b0c1192"}} as unknown as TypedDocumentString<ActResumeMutation, ActResumeMutationVariables>;
export const CaseChangedDocument = {"__meta__":{"hash":"sha256:f547e7afdf4eb240cde8fc84a8c77ac779a49a2be48267e4cfd06d59f37b49a1"}} as unknown as TypedDocumentString<CaseChangedSubscription, CaseChangedSubscriptionVariables>;
export const WorkLookAtDocument = {"__meta__":{"hash":"sha256:74a44a6b66f43dab63080458151e3419896a15beb9682bd5ff48c329879cc030"}} as unknown as TypedDocumentString<WorkLookAtMutation, WorkLookAtMutationVariables>;