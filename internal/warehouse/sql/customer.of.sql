-- What is known of the customers whose keys stand in $1 with unit separators between. Called by CustomersOf.
-- unnest and string_split are DuckDB's own.
select c.number, c.id, coalesce(r.name, ''), coalesce(r.kind, ''), coalesce(r.email, ''), coalesce(r.phone, ''),
       coalesce(r.registration_no, ''), coalesce(r.vat_no, ''), coalesce(r.country, ''), coalesce(r.region, ''),
       coalesce(r.language, ''), coalesce(r.segment, ''), coalesce(r.colleague, ''), r.since,
       coalesce(r.acquired_by, ''), coalesce(r.acquired_offer, ''), coalesce(r.acquisition_cost, 0), coalesce(r.acquisition_money, ''),
       coalesce(r.price_list, ''), coalesce(r.captive, false), coalesce(r.vip, false),
       coalesce(r.survey_opt_out, false), coalesce(r.marketing_opt_out, false), r.closed_on, coalesce(r.closed_reason, ''),
       coalesce(r.tags, ''), coalesce(r.attributes, '')
from customer c
left join customer_row r on r.customer = c.number and r.superseded_by is null
where c.word in (select unnest(string_split($1, chr(31)))) and c.id is not null
