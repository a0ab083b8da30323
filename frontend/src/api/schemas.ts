import type { components } from './schema';

/** The answers of the REST interface, as its OpenAPI document describes them. */
type Schemas = components['schemas'];

/** The document does not say that a service always sends every member; it does. */
type Complete<T> = T extends readonly (infer E)[]
  ? Complete<E>[]
  : T extends object
    ? { [K in keyof T]-?: Complete<T[K]> }
    : T;

export type ApplicationPage = Complete<Schemas['PageSummary']>;
export type Application = Complete<Schemas['Full']>;
export type ApplicationStatus = Complete<Schemas['ApplicationStatus']>;
export type ComponentStatus = Complete<Schemas['ComponentView']>;
export type Graph = Complete<Schemas['Graph']>;
export type GraphNode = Complete<Schemas['Node']>;
export type StreamEvents = Complete<Schemas['Events']>;
export type StreamEvent = StreamEvents['items'][number];
export type Tokens = Complete<Schemas['Tokens']>;
