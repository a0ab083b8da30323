create table stream_retention (
  topic       text   primary key,
  keep_millis bigint not null
);
comment on table stream_retention is 'How long events of a topic are kept after they arrived';

create table stream_end (
  topic      text        not null references stream_retention (topic) on delete cascade,
  partition  int         not null,
  seen_at    timestamptz not null,
  end_offset bigint      not null,
  primary key (topic, partition, seen_at)
);
comment on table stream_end is 'Where partitions ended at a moment: what is before had arrived by then';
