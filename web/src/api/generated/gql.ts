/* eslint-disable */
import * as types from './graphql';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "query Categories {\n  categories {\n    code\n    kind\n    majorZh\n    majorEn\n    nameZh\n    nameEn\n  }\n}\n\nquery Landing($position: PositionInput!) {\n  landing(position: $position) {\n    borderDistance\n    cell {\n      code\n      community {\n        nameZh\n        nameEn\n      }\n      street {\n        nameZh\n        nameEn\n      }\n    }\n    district {\n      nameZh\n      nameEn\n    }\n    commonCategories {\n      code\n      nameZh\n      nameEn\n    }\n  }\n}\n\nmutation SendTip($input: SubmitClueInput!) {\n  submitClue(input: $input) {\n    number\n    claimCode\n    repeated\n    errors {\n      code\n      message\n      path\n    }\n  }\n}\n\nquery FollowTip($claimCode: String!) {\n  trackClue(claimCode: $claimCode) {\n    ...Followed\n  }\n}\n\nmutation ContestTip($input: ContestOutcomeInput!) {\n  contestOutcome(input: $input) {\n    clue {\n      ...Followed\n    }\n    errors {\n      code\n      message\n      path\n    }\n  }\n}\n\nmutation RateTip($input: RateOutcomeInput!) {\n  rateOutcome(input: $input) {\n    clue {\n      ...Followed\n    }\n    errors {\n      code\n      message\n      path\n    }\n  }\n}\n\nfragment Followed on TrackedClue {\n  number\n  stage\n  outcome\n  reason\n  submittedAt\n  reopenUntil\n  ratableUntil\n  rating {\n    score\n    comment\n    ratedAt\n  }\n  category {\n    code\n    nameZh\n    nameEn\n  }\n  steps {\n    stage\n    at\n  }\n}": typeof types.CategoriesDocument,
};
const documents: Documents = {
    "query Categories {\n  categories {\n    code\n    kind\n    majorZh\n    majorEn\n    nameZh\n    nameEn\n  }\n}\n\nquery Landing($position: PositionInput!) {\n  landing(position: $position) {\n    borderDistance\n    cell {\n      code\n      community {\n        nameZh\n        nameEn\n      }\n      street {\n        nameZh\n        nameEn\n      }\n    }\n    district {\n      nameZh\n      nameEn\n    }\n    commonCategories {\n      code\n      nameZh\n      nameEn\n    }\n  }\n}\n\nmutation SendTip($input: SubmitClueInput!) {\n  submitClue(input: $input) {\n    number\n    claimCode\n    repeated\n    errors {\n      code\n      message\n      path\n    }\n  }\n}\n\nquery FollowTip($claimCode: String!) {\n  trackClue(claimCode: $claimCode) {\n    ...Followed\n  }\n}\n\nmutation ContestTip($input: ContestOutcomeInput!) {\n  contestOutcome(input: $input) {\n    clue {\n      ...Followed\n    }\n    errors {\n      code\n      message\n      path\n    }\n  }\n}\n\nmutation RateTip($input: RateOutcomeInput!) {\n  rateOutcome(input: $input) {\n    clue {\n      ...Followed\n    }\n    errors {\n      code\n      message\n      path\n    }\n  }\n}\n\nfragment Followed on TrackedClue {\n  number\n  stage\n  outcome\n  reason\n  submittedAt\n  reopenUntil\n  ratableUntil\n  rating {\n    score\n    comment\n    ratedAt\n  }\n  category {\n    code\n    nameZh\n    nameEn\n  }\n  steps {\n    stage\n    at\n  }\n}": types.CategoriesDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Categories {\n  categories {\n    code\n    kind\n    majorZh\n    majorEn\n    nameZh\n    nameEn\n  }\n}\n\nquery Landing($position: PositionInput!) {\n  landing(position: $position) {\n    borderDistance\n    cell {\n      code\n      community {\n        nameZh\n        nameEn\n      }\n      street {\n        nameZh\n        nameEn\n      }\n    }\n    district {\n      nameZh\n      nameEn\n    }\n    commonCategories {\n      code\n      nameZh\n      nameEn\n    }\n  }\n}\n\nmutation SendTip($input: SubmitClueInput!) {\n  submitClue(input: $input) {\n    number\n    claimCode\n    repeated\n    errors {\n      code\n      message\n      path\n    }\n  }\n}\n\nquery FollowTip($claimCode: String!) {\n  trackClue(claimCode: $claimCode) {\n    ...Followed\n  }\n}\n\nmutation ContestTip($input: ContestOutcomeInput!) {\n  contestOutcome(input: $input) {\n    clue {\n      ...Followed\n    }\n    errors {\n      code\n      message\n      path\n    }\n  }\n}\n\nmutation RateTip($input: RateOutcomeInput!) {\n  rateOutcome(input: $input) {\n    clue {\n      ...Followed\n    }\n    errors {\n      code\n      message\n      path\n    }\n  }\n}\n\nfragment Followed on TrackedClue {\n  number\n  stage\n  outcome\n  reason\n  submittedAt\n  reopenUntil\n  ratableUntil\n  rating {\n    score\n    comment\n    ratedAt\n  }\n  category {\n    code\n    nameZh\n    nameEn\n  }\n  steps {\n    stage\n    at\n  }\n}"): typeof import('./graphql').CategoriesDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
