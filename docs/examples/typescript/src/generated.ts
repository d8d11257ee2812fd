/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** How old somebody is. */
export type AgeInput = {
  /** The unit of `value`. */
  unit?: AgeUnit | null | undefined;
  /** The age in whole units. */
  value: number;
};

/** Unit of an age. */
export type AgeUnit =
  /** Days. */
  | 'DAYS'
  /** Months of 30.4375 days. */
  | 'MONTHS'
  /** Years of 365.25 days. */
  | 'YEARS';

/** How firmly a source carries a fact. */
export type Certainty =
  /** It follows from what `derivedFrom` names. */
  | 'DERIVED'
  /** It is likely, from what `derivedFrom` names; nobody says so. */
  | 'INFERRED'
  /** The source says so. */
  | 'STATED';

/** What is judged. */
export type CriterionKind =
  /** Whether the service runs. */
  | 'ACTIVE'
  /** Whether it takes that age. */
  | 'AGE'
  /** Whether it serves the place. */
  | 'AREA'
  /** Whether it has room. */
  | 'CAPACITY'
  /** Whether it works under a live contract for the place. */
  | 'CONTRACT'
  /** Whether it is near enough. */
  | 'DISTANCE'
  /** Whether it takes patients of that practice. */
  | 'GP_PRACTICE'
  /** Whether it meets the need. */
  | 'NEED'
  /** Whether it is open then. */
  | 'OPENING'
  /** Whether it takes referrals from whoever is asking. */
  | 'REFERRER'
  /** Whether it takes that sex. */
  | 'SEX';

/** By what means a referral travels. */
export type EndpointConnectionType =
  /** An e-mail. */
  | 'EMAIL'
  /** The NHS e-Referral Service. */
  | 'E_REFERRAL'
  /** A web service or page. */
  | 'HTTP'
  /** A message of the NHS Interoperability Toolkit. */
  | 'ITK'
  /** A call. */
  | 'TELEPHONE'
  /** The person simply goes there. */
  | 'WALK_IN';

/** Why nobody takes a step. */
export type GapReason =
  /** Who would take it is closed then. */
  | 'CLOSED_THEN'
  /** A source declares the directory complete for this, and it holds nobody. */
  | 'NOBODY_COMMISSIONED'
  /** Who takes it is for other ages. */
  | 'NOT_FOR_THIS_AGE'
  /** The person does not fit the step's entry criteria. */
  | 'NOT_FOR_THIS_PERSON'
  /** Who takes it is for patients of other GP practices. */
  | 'NOT_FOR_THIS_PRACTICE'
  /** Who takes it is for the other sex. */
  | 'NOT_FOR_THIS_SEX'
  /** Who takes it takes no referral from whoever asks, nor from the steps before. */
  | 'NOT_FROM_THIS_REFERRER'
  /** It is not known whether anybody takes it. */
  | 'NOT_KNOWN'
  /** Who would take it has no live contract on the day. */
  | 'NO_LIVE_CONTRACT'
  /** Who would take it has no room. */
  | 'NO_ROOM';

/** What is needed: exactly one of these. */
export type NeedInput =
  {   /** A need's `code`. */
  code: string; serviceType?: never; text?: never; }
  |  { code?: never;   /** A service type's `code`. */
  serviceType: string; text?: never; }
  |  { code?: never; serviceType?: never;   /** Plain words: "my dad fell at home". At most 500 characters. */
  text: string; };

/** Whether a version of a pathway is in use. */
export type PathwayStatus =
  /** Being written; not in use. */
  | 'DRAFT'
  /** In use. */
  | 'PUBLISHED'
  /** No longer in use. */
  | 'RETIRED';

/** Where somebody is: exactly one of these. */
export type PlaceInput =
  {   /** The name of a place, such as "Rugby". */
  name: string; point?: never; postcode?: never; }
  |  { name?: never;   /** A point. */
  point: PointInput; postcode?: never; }
  |  { name?: never; point?: never;   /** A postcode "CV21 2AA", a sector "CV21 2" or a district "CV21"; any case and spacing. */
  postcode: string; };

/** What is known of the person for whom a pathway is planned. Whatever is left out is judged as UNKNOWN. */
export type PlanCase = {
  /** How old the person is. */
  age?: AgeInput | null | undefined;
  /** ODS code of the practice where the person is registered. Where given, it decides who is responsible, not the place. */
  gpPractice?: string | null | undefined;
  /** Who asks; at later steps the one before it refers. */
  referrer?: ReferrerRole | null | undefined;
  /** The person's sex. */
  sex?: Sex | null | undefined;
};

/** A point on the earth, WGS84. */
export type PointInput = {
  /** Degrees north, from -90 to 90. */
  latitude: number;
  /** Degrees east, from -180 to 180; negative in most of Britain. */
  longitude: number;
};

/** Somebody who needs care. Whatever is left out is judged as UNKNOWN. */
export type ReferralCase = {
  /** How old the person is. */
  age?: AgeInput | null | undefined;
  /** When help is needed: what is surely closed then, and for an hour, is a near miss. Left out: the directory's date at the present time of day, at which nothing is left out for being closed. */
  at?: string | null | undefined;
  /** ODS code of the practice where the person is registered. Where given, it decides who is responsible, not the place. */
  gpPractice?: string | null | undefined;
  /** What the person needs. */
  need: NeedInput;
  /** Where the person is. */
  place: PlaceInput;
  /** Who is asking. */
  referrer?: ReferrerRole | null | undefined;
  /** Options of an earlier answer that were refused, at most 20: the answer leaves them out and says what comes first instead. */
  refused?: Array<RefusedOption> | null | undefined;
  /** The person's sex. */
  sex?: Sex | null | undefined;
  /** How far the person can go, in kilometres up to 200; 60 if left out. */
  withinKm?: number | null | undefined;
  /** How soon after `at` the person is to be seen, in minutes from 0, at once, to 10080, 7 days: the time frame of a disposition. A service has to be open within it, and not close within 30 minutes. Left out: within the hour. */
  withinMinutes?: number | null | undefined;
};

/** Who refers somebody to a service. */
export type ReferrerRole =
  /** Care home staff. */
  | 'CARE_HOME'
  /** Clinician in the hub behind NHS 111. */
  | 'CLINICAL_HUB'
  /** District or other community nurse. */
  | 'COMMUNITY_NURSE'
  /** General practitioner. */
  | 'GP'
  /** Hospital staff. */
  | 'HOSPITAL'
  /** Mental health professional. */
  | 'MENTAL_HEALTH_PROFESSIONAL'
  /** Call handler of NHS 111. */
  | 'NHS_111'
  /** Ambulance clinician. */
  | 'PARAMEDIC'
  /** The person, or somebody close to them. */
  | 'PATIENT'
  /** Social worker. */
  | 'SOCIAL_WORKER';

/** Why an option was refused, as in the NHS Directory of Services. */
export type RefusalReason =
  /** 32: its appointments do not suit the person. Only it is left out. */
  | 'APPOINTMENTS_UNSUITABLE'
  /** 27: nobody could be reached there. Only it is left out. */
  | 'COULD_NOT_CONTACT'
  /** 42: too far away. What is nearer, or comes to the person, then comes before what is as far. */
  | 'DISTANCE'
  /** 41: a visit at home was asked for. What comes to the person then comes first. */
  | 'HOME_VISIT_REQUESTED'
  /** 23: not clinically appropriate. Only it is left out. */
  | 'NOT_CLINICALLY_APPROPRIATE'
  /** 40: it does not take this person. Only it is left out: others of its type have rules of their own. */
  | 'NOT_ELIGIBLE'
  /** 31: no appointments. Only it is left out. */
  | 'NO_APPOINTMENTS'
  /** 22: it has no room. Only it is left out. */
  | 'NO_CAPACITY'
  /** 99: anything else. Only it is left out. */
  | 'OTHER'
  /** 26: the person does not want it. Only it is left out. */
  | 'PATIENT_CHOICE'
  /** 24: it rejected the referral. Only it is left out. */
  | 'REFERRAL_REJECTED'
  /** 21: the person has no way to get there. What is nearer, or comes to the person, then comes before what is as far. */
  | 'TRANSPORT';

/** An option of an earlier answer that was refused. */
export type RefusedOption = {
  /** Why it was refused. */
  reason: RefusalReason;
  /** The service's `slug`. */
  service: string;
};

/** By what it is known who is responsible. */
export type ResponsibilityBasis =
  /** The person's GP practice. */
  | 'GP_REGISTRATION'
  /** The place, as no practice is given. */
  | 'PLACE'
  /** It is not known. */
  | 'UNKNOWN';

/** Sex, as the NHS Directory of Services distinguishes it. */
export type Sex =
  /** Female. */
  | 'FEMALE'
  /** Indeterminate. */
  | 'INDETERMINATE'
  /** Male. */
  | 'MALE';

/** Whether somebody takes a step for this person. */
export type StepState =
  /** Nobody takes it, and it is known why: `reason`. */
  | 'GAP'
  /** A service may take it: nothing speaks against it, and `explanation` says what is not known. */
  | 'IN_DOUBT'
  /** This person may not enter the step. */
  | 'NOT_FOR_THIS_PERSON'
  /** A service takes it: all that decides is known to fit. */
  | 'TAKEN'
  /** The directory holds nobody who takes it, and no source says that there is nobody. It is never a gap. */
  | 'UNKNOWN';

/** How urgent a step is. */
export type Urgency =
  /** At once: life or limb may be in danger. */
  | 'EMERGENCY'
  /** It can wait its turn. */
  | 'ROUTINE'
  /** It cannot wait its turn. */
  | 'URGENT';

/** What was found. */
export type Verdict =
  /** It does not hold. */
  | 'FAIL'
  /** It holds, and a source says so. */
  | 'PASS'
  /** The directory does not know. It never counts as PASS. */
  | 'UNKNOWN';

/** What may be done where nobody takes a step. */
export type WayRoundKind =
  /** Have somebody else refer there. */
  | 'ANOTHER_REFERRER'
  /** Go farther than 60 km. */
  | 'FARTHER_AWAY'
  /** Ask a service for people of elsewhere, of which it is not known who commissions it. */
  | 'FOR_OTHERS'
  /** Ask a service that another commissioner has for its own people. */
  | 'NEIGHBOURING_COMMISSIONER'
  /** Wait until it opens: `opensAt`. */
  | 'OPENS_LATER'
  /** Wait for room there. */
  | 'ROOM_LATER';

export type FindReferralQueryVariables = Exact<{
  case: ReferralCase;
  first?: number | null | undefined;
}>;


export type FindReferralQuery = { referralOptions: { notice: string | null, emergencyAdvice: string | null, asOf: string, responsible: { explanation: string, organisation: { name: string } | null }, options: Array<{ rank: number, whyHere: string, distanceKm: number | null, service: { slug: string, name: string, provider: { name: string } }, contract: { title: string } | null, open: { openNow: boolean | null, closesAtLocal: string | null }, criteria: Array<{ kind: CriterionKind, verdict: Verdict, explanation: string }>, howToRefer: Array<{ address: string | null, instructions: string }> }>, nearMisses: Array<{ service: { name: string }, failed: { kind: CriterionKind, explanation: string } }> } };

export type WholePathwayQueryVariables = Exact<{
  slug: string;
  place: PlaceInput;
  case?: PlanCase | null | undefined;
  at?: string | null | undefined;
}>;


export type WholePathwayQuery = { pathwayPlan: { notice: string | null, asOf: string, notes: Array<string>, complete: boolean | null, longestMinutes: number | null, longestExplanation: string, adopted: boolean | null, responsible: { by: ResponsibilityBasis, explanation: string, organisation: { slug: string, name: string } | null }, pathway: { slug: string, name: string, version: number, status: PathwayStatus, effectiveFrom: string | null, effectiveTo: string | null, needs: Array<{ code: string, name: string }>, owners: Array<{ slug: string, name: string }>, commissioners: Array<{ slug: string, name: string }>, localisedFor: { slug: string, name: string } | null, indicators: Array<{ name: string, measure: string, target: string | null, sources: Array<{ title: string, publisher: string, published: string | null, url: string | null, locator: string | null, certainty: Certainty, derivedFrom: string | null }> }>, steps: Array<{ slug: string, name: string, stage: string, exit: boolean, serviceType: { code: string, name: string }, needs: Array<{ code: string, name: string }>, entryCriteria: Array<{ text: string, kind: CriterionKind | null, minAgeDays: number | null, maxAgeDays: number | null, sexes: Array<Sex>, referrers: Array<ReferrerRole>, needs: Array<{ code: string, name: string }>, areas: Array<{ code: string, name: string }>, registeredWith: Array<{ slug: string, name: string }> }>, next: Array<{ condition: string | null, urgency: Urgency | null, withinMinutes: number | null, to: { slug: string, name: string }, source: { title: string, publisher: string, published: string | null, url: string | null, locator: string | null, certainty: Certainty, derivedFrom: string | null } | null }>, sources: Array<{ title: string, publisher: string, published: string | null, url: string | null, locator: string | null, certainty: Certainty, derivedFrom: string | null }> }>, sources: Array<{ title: string, publisher: string, published: string | null, url: string | null, locator: string | null, certainty: Certainty, derivedFrom: string | null }> }, steps: Array<{ state: StepState, entry: Verdict, entryExplanation: string, explanation: string, referredBy: ReferrerRole | null, gap: string | null, reason: GapReason | null, step: { slug: string, name: string }, option: { whyHere: string, distanceKm: number | null, service: { slug: string, name: string, telephone: string | null, provider: { slug: string, name: string }, sources: Array<{ title: string, publisher: string, published: string | null, url: string | null, locator: string | null, certainty: Certainty, derivedFrom: string | null }> }, contract: { slug: string, title: string, commissioners: Array<{ lead: boolean, organisation: { slug: string, name: string } }> } | null, open: { openNow: boolean | null, opensAt: string | null, closesAt: string | null }, criteria: Array<{ kind: CriterionKind, verdict: Verdict, explanation: string }>, howToRefer: Array<{ connection: EndpointConnectionType, address: string | null, instructions: string }> } | null, alternatives: Array<{ whyHere: string, distanceKm: number | null, service: { slug: string, name: string, telephone: string | null, provider: { slug: string, name: string }, sources: Array<{ title: string, publisher: string, published: string | null, url: string | null, locator: string | null, certainty: Certainty, derivedFrom: string | null }> }, contract: { slug: string, title: string, commissioners: Array<{ lead: boolean, organisation: { slug: string, name: string } }> } | null, open: { openNow: boolean | null, opensAt: string | null, closesAt: string | null }, criteria: Array<{ kind: CriterionKind, verdict: Verdict, explanation: string }>, howToRefer: Array<{ connection: EndpointConnectionType, address: string | null, instructions: string }> }>, waysRound: Array<{ kind: WayRoundKind, explanation: string, opensAt: string | null, commissioner: { slug: string, name: string } | null }>, sources: Array<{ title: string, publisher: string, published: string | null, url: string | null, locator: string | null, certainty: Certainty, derivedFrom: string | null }> }>, handOvers: Array<{ stated: boolean, condition: string | null, urgency: Urgency | null, withinMinutes: number | null, from: { slug: string, name: string }, to: { slug: string, name: string }, giver: { slug: string, name: string } | null, taker: { slug: string, name: string } | null }> } };

export type TakerFragment = { whyHere: string, distanceKm: number | null, service: { slug: string, name: string, telephone: string | null, provider: { slug: string, name: string }, sources: Array<{ title: string, publisher: string, published: string | null, url: string | null, locator: string | null, certainty: Certainty, derivedFrom: string | null }> }, contract: { slug: string, title: string, commissioners: Array<{ lead: boolean, organisation: { slug: string, name: string } }> } | null, open: { openNow: boolean | null, opensAt: string | null, closesAt: string | null }, criteria: Array<{ kind: CriterionKind, verdict: Verdict, explanation: string }>, howToRefer: Array<{ connection: EndpointConnectionType, address: string | null, instructions: string }> };

export type WhereFragment = { title: string, publisher: string, published: string | null, url: string | null, locator: string | null, certainty: Certainty, derivedFrom: string | null };

export const WhereFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Where"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Source"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"publisher"}},{"kind":"Field","name":{"kind":"Name","value":"published"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"locator"}},{"kind":"Field","name":{"kind":"Name","value":"certainty"}},{"kind":"Field","name":{"kind":"Name","value":"derivedFrom"}}]}}]} as unknown as DocumentNode<WhereFragment, unknown>;
export const TakerFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Taker"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ReferralOption"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"whyHere"}},{"kind":"Field","name":{"kind":"Name","value":"distanceKm"}},{"kind":"Field","name":{"kind":"Name","value":"service"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"provider"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"telephone"}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Where"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"contract"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"commissioners"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"organisation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lead"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"open"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"openNow"}},{"kind":"Field","name":{"kind":"Name","value":"opensAt"}},{"kind":"Field","name":{"kind":"Name","value":"closesAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"criteria"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"verdict"}},{"kind":"Field","name":{"kind":"Name","value":"explanation"}}]}},{"kind":"Field","name":{"kind":"Name","value":"howToRefer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"connection"}},{"kind":"Field","name":{"kind":"Name","value":"address"}},{"kind":"Field","name":{"kind":"Name","value":"instructions"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Where"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Source"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"publisher"}},{"kind":"Field","name":{"kind":"Name","value":"published"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"locator"}},{"kind":"Field","name":{"kind":"Name","value":"certainty"}},{"kind":"Field","name":{"kind":"Name","value":"derivedFrom"}}]}}]} as unknown as DocumentNode<TakerFragment, unknown>;
export const FindReferralDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"FindReferral"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"case"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ReferralCase"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"3"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"referralOptions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"case"},"value":{"kind":"Variable","name":{"kind":"Name","value":"case"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"notice"}},{"kind":"Field","name":{"kind":"Name","value":"emergencyAdvice"}},{"kind":"Field","name":{"kind":"Name","value":"asOf"}},{"kind":"Field","name":{"kind":"Name","value":"responsible"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"organisation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"explanation"}}]}},{"kind":"Field","name":{"kind":"Name","value":"options"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rank"}},{"kind":"Field","name":{"kind":"Name","value":"whyHere"}},{"kind":"Field","name":{"kind":"Name","value":"distanceKm"}},{"kind":"Field","name":{"kind":"Name","value":"service"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"provider"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"contract"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"open"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"openNow"}},{"kind":"Field","name":{"kind":"Name","value":"closesAtLocal"}}]}},{"kind":"Field","name":{"kind":"Name","value":"criteria"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"verdict"}},{"kind":"Field","name":{"kind":"Name","value":"explanation"}}]}},{"kind":"Field","name":{"kind":"Name","value":"howToRefer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"address"}},{"kind":"Field","name":{"kind":"Name","value":"instructions"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"nearMisses"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"service"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"failed"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"explanation"}}]}}]}}]}}]}}]} as unknown as DocumentNode<FindReferralQuery, FindReferralQueryVariables>;
export const WholePathwayDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"WholePathway"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"slug"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"place"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"PlaceInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"case"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"PlanCase"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"at"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pathwayPlan"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"slug"},"value":{"kind":"Variable","name":{"kind":"Name","value":"slug"}}},{"kind":"Argument","name":{"kind":"Name","value":"place"},"value":{"kind":"Variable","name":{"kind":"Name","value":"place"}}},{"kind":"Argument","name":{"kind":"Name","value":"case"},"value":{"kind":"Variable","name":{"kind":"Name","value":"case"}}},{"kind":"Argument","name":{"kind":"Name","value":"at"},"value":{"kind":"Variable","name":{"kind":"Name","value":"at"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"notice"}},{"kind":"Field","name":{"kind":"Name","value":"asOf"}},{"kind":"Field","name":{"kind":"Name","value":"notes"}},{"kind":"Field","name":{"kind":"Name","value":"complete"}},{"kind":"Field","name":{"kind":"Name","value":"longestMinutes"}},{"kind":"Field","name":{"kind":"Name","value":"longestExplanation"}},{"kind":"Field","name":{"kind":"Name","value":"adopted"}},{"kind":"Field","name":{"kind":"Name","value":"responsible"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"organisation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"by"}},{"kind":"Field","name":{"kind":"Name","value":"explanation"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pathway"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"effectiveFrom"}},{"kind":"Field","name":{"kind":"Name","value":"effectiveTo"}},{"kind":"Field","name":{"kind":"Name","value":"needs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"owners"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"commissioners"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"localisedFor"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"indicators"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"measure"}},{"kind":"Field","name":{"kind":"Name","value":"target"}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Where"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"steps"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"exit"}},{"kind":"Field","name":{"kind":"Name","value":"serviceType"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"needs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"entryCriteria"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"minAgeDays"}},{"kind":"Field","name":{"kind":"Name","value":"maxAgeDays"}},{"kind":"Field","name":{"kind":"Name","value":"sexes"}},{"kind":"Field","name":{"kind":"Name","value":"referrers"}},{"kind":"Field","name":{"kind":"Name","value":"needs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"areas"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"registeredWith"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"next"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"to"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"condition"}},{"kind":"Field","name":{"kind":"Name","value":"urgency"}},{"kind":"Field","name":{"kind":"Name","value":"withinMinutes"}},{"kind":"Field","name":{"kind":"Name","value":"source"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Where"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Where"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Where"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"steps"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"step"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"entry"}},{"kind":"Field","name":{"kind":"Name","value":"entryExplanation"}},{"kind":"Field","name":{"kind":"Name","value":"explanation"}},{"kind":"Field","name":{"kind":"Name","value":"option"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Taker"}}]}},{"kind":"Field","name":{"kind":"Name","value":"alternatives"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Taker"}}]}},{"kind":"Field","name":{"kind":"Name","value":"referredBy"}},{"kind":"Field","name":{"kind":"Name","value":"gap"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"waysRound"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"explanation"}},{"kind":"Field","name":{"kind":"Name","value":"opensAt"}},{"kind":"Field","name":{"kind":"Name","value":"commissioner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Where"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"handOvers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"from"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"to"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"giver"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"taker"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"stated"}},{"kind":"Field","name":{"kind":"Name","value":"condition"}},{"kind":"Field","name":{"kind":"Name","value":"urgency"}},{"kind":"Field","name":{"kind":"Name","value":"withinMinutes"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Where"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Source"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"publisher"}},{"kind":"Field","name":{"kind":"Name","value":"published"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"locator"}},{"kind":"Field","name":{"kind":"Name","value":"certainty"}},{"kind":"Field","name":{"kind":"Name","value":"derivedFrom"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Taker"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ReferralOption"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"whyHere"}},{"kind":"Field","name":{"kind":"Name","value":"distanceKm"}},{"kind":"Field","name":{"kind":"Name","value":"service"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"provider"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"telephone"}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Where"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"contract"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"commissioners"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"organisation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lead"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"open"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"openNow"}},{"kind":"Field","name":{"kind":"Name","value":"opensAt"}},{"kind":"Field","name":{"kind":"Name","value":"closesAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"criteria"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"verdict"}},{"kind":"Field","name":{"kind":"Name","value":"explanation"}}]}},{"kind":"Field","name":{"kind":"Name","value":"howToRefer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"connection"}},{"kind":"Field","name":{"kind":"Name","value":"address"}},{"kind":"Field","name":{"kind":"Name","value":"instructions"}}]}}]}}]} as unknown as DocumentNode<WholePathwayQuery, WholePathwayQueryVariables>;