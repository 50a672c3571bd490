# The pages: the only door for people. No database; front-end packages come in at build.
#   docker build -f docker/web.Dockerfile -t kumppani-web .
FROM node:24-bookworm-slim AS node

FROM python:3.13-slim-bookworm AS packages
COPY --from=node /usr/local /usr/local/node
WORKDIR /packages
COPY docker/web.lock web.lock
RUN python -m venv /opt/packages \
    && /opt/packages/bin/pip install --no-cache-dir --require-hashes -r web.lock
COPY web web
RUN PATH=/usr/local/node/bin:$PATH python web/vendor.py

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home kumppani
COPY --from=packages /opt/packages /opt/packages
WORKDIR /app
COPY chassis chassis
COPY trade trade
COPY web web
COPY --from=packages /packages/web/static/vendor web/static/vendor
ENV PATH=/opt/packages/bin:$PATH PYTHONPATH=/app PYTHONUNBUFFERED=1 PORT=8000
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/health/live', timeout=2)"]
CMD ["sh", "-c", "exec uvicorn web.app:create_app --factory --host 0.0.0.0 --port $PORT --no-access-log --timeout-graceful-shutdown 2"]
