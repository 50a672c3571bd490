-- Of each part a database, a role that owns and migrates it, and one that serves: that reads and writes rows,
-- and alters nothing. The passwords are read from the secrets that compose mounts.
\set customers_owner_password `cat /run/secrets/customers_owner_password`
\set customers_password `cat /run/secrets/customers_password`
\set contracts_owner_password `cat /run/secrets/contracts_owner_password`
\set contracts_password `cat /run/secrets/contracts_password`
\set feedback_owner_password `cat /run/secrets/feedback_owner_password`
\set feedback_password `cat /run/secrets/feedback_password`
\set gateway_owner_password `cat /run/secrets/gateway_owner_password`
\set gateway_password `cat /run/secrets/gateway_password`

create role customers_owner login password :'customers_owner_password';
create role customers login password :'customers_password';
create role contracts_owner login password :'contracts_owner_password';
create role contracts login password :'contracts_password';
create role feedback_owner login password :'feedback_owner_password';
create role feedback login password :'feedback_password';
create role gateway_owner login password :'gateway_owner_password';
create role gateway login password :'gateway_password';

create database customers owner customers_owner;
revoke all on database customers from public;
grant connect on database customers to customers;
create database contracts owner contracts_owner;
revoke all on database contracts from public;
grant connect on database contracts to contracts;
create database feedback owner feedback_owner;
revoke all on database feedback from public;
grant connect on database feedback to feedback;
create database gateway owner gateway_owner;
revoke all on database gateway from public;
grant connect on database gateway to gateway;

-- The parts' roles have nothing to do in the server's own databases.
revoke connect, temporary on database postgres from public;
revoke connect, temporary on database template1 from public;

\connect customers
alter default privileges for role customers_owner grant select, insert, update, delete on tables to customers;
alter default privileges for role customers_owner grant usage, select on sequences to customers;

\connect contracts
alter default privileges for role contracts_owner grant select, insert, update, delete on tables to contracts;
alter default privileges for role contracts_owner grant usage, select on sequences to contracts;

\connect feedback
alter default privileges for role feedback_owner grant select, insert, update, delete on tables to feedback;
alter default privileges for role feedback_owner grant usage, select on sequences to feedback;

\connect gateway
alter default privileges for role gateway_owner grant select, insert, update, delete on tables to gateway;
alter default privileges for role gateway_owner grant usage, select on sequences to gateway;
