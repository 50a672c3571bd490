# The gateway: the only door for JSON.
#   docker build -f docker/gateway.Dockerfile -t kumppani-gateway .
FROM python:3.13-slim-bookworm AS packages
WORKDIR /packages
COPY docker/service.lock service.lock
RUN python -m venv /opt/packages \
    && /opt/packages/bin/pip install --no-cache-dir --require-hashes -r service.lock

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home kumppani
COPY --from=packages /opt/packages /opt/packages
WORKDIR /app
COPY alembic.ini alembic.ini
COPY chassis chassis
COPY trade trade
COPY migrations/__init__.py migrations/__init__.py
COPY migrations/environment.py migrations/environment.py
COPY migrations/gateway migrations/gateway
COPY gateway gateway
ENV PATH=/opt/packages/bin:$PATH PYTHONPATH=/app PYTHONUNBUFFERED=1 PORT=8000
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/health/live', timeout=2)"]
# The schema: alembic -n gateway upgrade head
CMD ["sh", "-c", "exec uvicorn gateway.app:create_app --factory --host 0.0.0.0 --port $PORT --no-access-log --timeout-graceful-shutdown 2"]
