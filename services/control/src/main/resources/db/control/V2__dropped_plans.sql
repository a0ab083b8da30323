alter table cleanup add column plan bytea;
comment on column cleanup.plan is 'All components that the application has had, for the services to let go of; Avro single-object encoding';
