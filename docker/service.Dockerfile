# One service (customers, contracts or feedback): its app, its worker and its migrations in one image.
#   docker build -f docker/service.Dockerfile --build-arg SERVICE=feedback -t kumppani-feedback .
FROM python:3.13-slim-bookworm AS packages
WORKDIR /packages
COPY docker/service.lock service.lock
RUN python -m venv /opt/packages \
    && /opt/packages/bin/pip install --no-cache-dir --require-hashes -r service.lock

FROM python:3.13-slim-bookworm
ARG SERVICE
RUN useradd --system --uid 10001 --no-create-home kumppani
COPY --from=packages /opt/packages /opt/packages
WORKDIR /app
COPY alembic.ini alembic.ini
COPY chassis chassis
COPY trade trade
COPY migrations/__init__.py migrations/__init__.py
COPY migrations/environment.py migrations/environment.py
COPY migrations/append_only.py migrations/append_only.py
COPY migrations/personal.py migrations/personal.py
COPY migrations/${SERVICE} migrations/${SERVICE}
COPY services/__init__.py services/__init__.py
COPY services/${SERVICE} services/${SERVICE}
ENV PATH=/opt/packages/bin:$PATH PYTHONPATH=/app PYTHONUNBUFFERED=1 SERVICE=${SERVICE} PORT=8000
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/health/live', timeout=2)"]
# The worker: python -m chassis.worker services.$SERVICE · the schema: alembic -n $SERVICE upgrade head
CMD ["sh", "-c", "exec uvicorn services.$SERVICE.app:create_app --factory --host 0.0.0.0 --port $PORT --no-access-log --timeout-graceful-shutdown 2"]
