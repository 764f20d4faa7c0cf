-- Why a customer may leave, beside the main reason (METHODS 4).
alter table standing add column reason_chance double;  -- that the main reason is right
alter table standing add column reason_source varchar; -- who named it
alter table standing add column family_chance double;  -- that its family is right
alter table standing add column silent_leaver boolean;
alter table standing add column likely varchar;        -- competitor 0.41;quality 0.2
