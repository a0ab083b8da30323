create table application (
  name        text primary key,
  revision    bigint      not null,
  desired     text        check (desired in ('DEPLOYED', 'RUNNING', 'QUIESCING', 'STOPPED')),
  reached     text        not null default 'CREATED',
  drained     text[]      not null default '{}',
  created_at  timestamptz not null default now(),
  created_by  text        not null,
  updated_at  timestamptz not null default now(),
  updated_by  text        not null
);
comment on column application.desired is 'What the services are told; null while it is not deployed';
comment on column application.reached is 'The last steady state: CREATED, DEPLOYED, RUNNING or STOPPED';
comment on column application.drained is 'While QUIESCING: the components that were told to stop so far';

create table revision (
  application text        not null references application (name) on delete cascade,
  revision    bigint      not null,
  script      text        not null,
  plan        bytea       not null,
  graph       text        not null,
  created_at  timestamptz not null default now(),
  created_by  text        not null,
  primary key (application, revision)
);
comment on column revision.plan is 'The compiled plan, Avro single-object encoding';

create sequence outbox_sequence;
create table outbox (
  application text   primary key,
  sequence    bigint not null default nextval('outbox_sequence')
);
comment on table outbox is 'Applications whose plan (or its tombstone) has yet to be sent';

create table cleanup (
  application text        primary key,
  topics      text[]      not null,
  since       timestamptz not null default now()
);
comment on table cleanup is 'Topics of dropped applications, deleted once no service uses them';

create table operation (
  id           uuid        primary key,
  application  text        not null,
  action       text        not null,
  state        text        not null,
  message      text,
  requested_at timestamptz not null default now(),
  requested_by text        not null,
  finished_at  timestamptz
);
create index operation_application on operation (application, requested_at desc);
create index operation_open on operation (application) where state = 'RUNNING';

create table secret (
  name       text        primary key,
  ciphertext text        not null,
  updated_at timestamptz not null default now(),
  updated_by text        not null
);

create table audit (
  id      bigint generated always as identity primary key,
  at      timestamptz not null default now(),
  who     text        not null,
  action  text        not null,
  target  text        not null,
  details text
);
create index audit_target on audit (target, id desc);

create table counter (
  application  text   not null,
  component    text   not null,
  instance     text   not null,
  started_at   bigint not null,
  events_in    bigint not null,
  events_out   bigint not null,
  dead_letters bigint not null,
  updated_at   timestamptz not null default now(),
  primary key (application, component, instance, started_at)
);
comment on table counter is 'What each run of a component has counted; their sum is the component''s total';
