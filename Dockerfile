# The API and its seed, on a Neo4j that runs elsewhere: see docker-compose.yml.
# Tags are exact where ours is (Neo4j); pin these by digest where you deploy.

FROM node:24-trixie-slim AS pages
WORKDIR /project
COPY web/package.json web/package-lock.json web/
RUN npm ci --prefix web --no-audit --no-fund
COPY docs/examples docs/examples
COPY web web
RUN npm run build --prefix web

FROM python:3.13-slim-trixie AS packages
WORKDIR /project
COPY requirements requirements
RUN python -m venv /tools \
 && /tools/bin/pip install --no-cache-dir --require-hashes -r requirements/build.lock \
 && python -m venv --without-pip /signpost \
 && /tools/bin/uv pip sync --no-cache --python /signpost/bin/python \
    --require-hashes --only-binary :all: requirements/runtime.lock
COPY pyproject.toml README.md ./
COPY api api
COPY graph_model graph_model
COPY seed seed
COPY signpost signpost
COPY --from=pages /project/api/web api/web
RUN /tools/bin/hatchling build -t wheel \
 && /tools/bin/uv pip install --no-cache --python /signpost/bin/python \
    --no-deps --offline dist/*.whl

FROM python:3.13-slim-trixie
RUN useradd --system --uid 10001 --no-create-home signpost
COPY --from=packages /signpost /signpost
ENV PATH=/signpost/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    SIGNPOST_HOST=0.0.0.0 \
    SIGNPOST_PORT=8000
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
ENTRYPOINT ["signpost"]
CMD ["serve"]
