/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** What a category is about. */
export type CategoryKind =
  /** 部件: a city asset. */
  | 'COMPONENT'
  /** 矛盾纠纷: a dispute between people. */
  | 'DISPUTE'
  /** 事件: something that happens. */
  | 'EVENT';

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

/** A photo that is, or will be, uploaded to /field/v1/uploads under this id. Order does not matter: bytes may come first or last. */
export type PhotoInput = {
  /** Made by the client (UUIDv7). */
  id: string;
  /** Of the bytes as uploaded. */
  sha256: string;
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
export const CategoriesDocument = {"__meta__":{"hash":"sha256:44db15220f27c68de2af3e2187dccd42d1213348b8bab320dd9df954757512da"}} as unknown as TypedDocumentString<CategoriesQuery, CategoriesQueryVariables>;
export const LandingDocument = {"__meta__":{"hash":"sha256:a3813652dcbef1bac0e6da75c844bf914c8fe4fa93e82c67d30230874e3479b8"}} as unknown as TypedDocumentString<LandingQuery, LandingQueryVariables>;
export const SendTipDocument = {"__meta__":{"hash":"sha256:ed585fc1ebb1367c03939dda52a83b7af3a5324cb1d9b9df7506c819bab9c9c1"}} as unknown as TypedDocumentString<SendTipMutation, SendTipMutationVariables>;
export const FollowTipDocument = {"__meta__":{"hash":"sha256:b6d4441b3a0896a9b6bc07ab4d028514548f17a9db7d6c1aefde70235168da41"}} as unknown as TypedDocumentString<FollowTipQuery, FollowTipQueryVariables>;
export const ContestTipDocument = {"__meta__":{"hash":"sha256:c980d66c5cab69ffad28764d3c73c3be83214313c56381924b718fc97c406562"}} as unknown as TypedDocumentString<ContestTipMutation, ContestTipMutationVariables>;
export const RateTipDocument = {"__meta__":{"hash":"sha256:cacb7cd5e8a046a4bd3ab8fd29874401b2212287aea5669d8a54c6f5a0d0c50e"}} as unknown as TypedDocumentString<RateTipMutation, RateTipMutationVariables>;