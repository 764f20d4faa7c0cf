-- Merges what a file says about each customer with what is known: said words win, unsaid ones stay. $1 to $4: whether the file says captive, vip, survey_opt_out, marketing_opt_out. Called by settleCustomers.
-- "* exclude" is DuckDB's way to list all columns but one.
create or replace temporary table customer_verdict as
with said as (
    select customer,
           arg_max(name, file_order) as name,
           arg_max(kind, file_order) as kind,
           arg_max(email, file_order) as email,
           arg_max(phone, file_order) as phone,
           arg_max(registration_no, file_order) as registration_no,
           arg_max(vat_no, file_order) as vat_no,
           arg_max(country, file_order) as country,
           arg_max(region, file_order) as region,
           arg_max(language, file_order) as language,
           arg_max(segment, file_order) as segment,
           arg_max(colleague, file_order) as colleague,
           arg_max(since, file_order) as since,
           arg_max(acquired_by, file_order) as acquired_by,
           arg_max(acquired_offer, file_order) as acquired_offer,
           arg_max(acquisition_cost, file_order) as acquisition_cost,
           arg_max(acquisition_money, file_order) as acquisition_money,
           arg_max(price_list, file_order) as price_list,
           arg_max(captive, file_order) as captive,
           arg_max(vip, file_order) as vip,
           arg_max(survey_opt_out, file_order) as survey_opt_out,
           arg_max(marketing_opt_out, file_order) as marketing_opt_out,
           arg_max(closed_on, file_order) as closed_on,
           arg_max(closed_reason, file_order) as closed_reason,
           arg_max(tags, file_order) as tags,
           arg_max(attributes, file_order) as attributes,
           max(import_id) as import_id
    from customer_incoming
    group by customer
), live as (
    select rowid as old, *
    from customer_row
    where superseded_by is null
), merged as (
    select s.customer, l.old, s.import_id,
           coalesce(s.name, l.name) as name,
           coalesce(s.kind, l.kind) as kind,
           coalesce(s.email, l.email) as email,
           coalesce(s.phone, l.phone) as phone,
           coalesce(s.registration_no, l.registration_no) as registration_no,
           coalesce(s.vat_no, l.vat_no) as vat_no,
           coalesce(s.country, l.country) as country,
           coalesce(s.region, l.region) as region,
           coalesce(s.language, l.language) as language,
           coalesce(s.segment, l.segment) as segment,
           coalesce(s.colleague, l.colleague) as colleague,
           coalesce(s.since, l.since) as since,
           coalesce(s.acquired_by, l.acquired_by) as acquired_by,
           coalesce(s.acquired_offer, l.acquired_offer) as acquired_offer,
           coalesce(s.acquisition_cost, l.acquisition_cost) as acquisition_cost,
           coalesce(s.acquisition_money, l.acquisition_money) as acquisition_money,
           coalesce(s.price_list, l.price_list) as price_list,
           case when cast($1 as boolean) or l.old is null then s.captive else l.captive end as captive,
           case when cast($2 as boolean) or l.old is null then s.vip else l.vip end as vip,
           case when cast($3 as boolean) or l.old is null then s.survey_opt_out else l.survey_opt_out end as survey_opt_out,
           case when cast($4 as boolean) or l.old is null then s.marketing_opt_out else l.marketing_opt_out end as marketing_opt_out,
           coalesce(s.closed_on, l.closed_on) as closed_on,
           coalesce(s.closed_reason, l.closed_reason) as closed_reason,
           coalesce(s.tags, l.tags) as tags,
           coalesce(s.attributes, l.attributes) as attributes,
           row(
               l.name,
               l.kind,
               l.email,
               l.phone,
               l.registration_no,
               l.vat_no,
               l.country,
               l.region,
               l.language,
               l.segment,
               l.colleague,
               l.since,
               l.acquired_by,
               l.acquired_offer,
               l.acquisition_cost,
               l.acquisition_money,
               l.price_list,
               l.captive,
               l.vip,
               l.survey_opt_out,
               l.marketing_opt_out,
               l.closed_on,
               l.closed_reason,
               l.tags,
               l.attributes
           ) as before
    from said s
    left join live l on l.customer = s.customer
)
select * exclude (before),
       case
           when old is null then 'new'
           when before is not distinct from row(
               name,
               kind,
               email,
               phone,
               registration_no,
               vat_no,
               country,
               region,
               language,
               segment,
               colleague,
               since,
               acquired_by,
               acquired_offer,
               acquisition_cost,
               acquisition_money,
               price_list,
               captive,
               vip,
               survey_opt_out,
               marketing_opt_out,
               closed_on,
               closed_reason,
               tags,
               attributes
           ) then 'known'
           else 'changed'
       end as verdict
from merged
