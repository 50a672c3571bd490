-- One database and one role a part; the passwords are read from the secrets that compose mounts.
\set customers_password `cat /run/secrets/customers_password`
\set contracts_password `cat /run/secrets/contracts_password`
\set feedback_password `cat /run/secrets/feedback_password`
\set gateway_password `cat /run/secrets/gateway_password`

create role customers login password :'customers_password';
create role contracts login password :'contracts_password';
create role feedback login password :'feedback_password';
create role gateway login password :'gateway_password';

create database customers owner customers;
create database contracts owner contracts;
create database feedback owner feedback;
create database gateway owner gateway;

revoke all on database customers from public;
revoke all on database contracts from public;
revoke all on database feedback from public;
revoke all on database gateway from public;

-- The parts' roles have nothing to do in the server's own databases.
revoke connect, temporary on database postgres from public;
revoke connect, temporary on database template1 from public;
