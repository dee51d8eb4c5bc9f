# The cockpit with everything it needs; data live in the volume /var/lib/cockpit.
FROM python:3.13-slim AS build
WORKDIR /app
COPY requirements.txt .
RUN python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt

FROM python:3.13-slim
# Latin and Chinese letters for the brief as PDF.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends fonts-noto-cjk \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --create-home --uid 10001 cockpit \
 && install -d -o cockpit -g cockpit /var/lib/cockpit
WORKDIR /app
COPY --from=build /venv /venv
COPY app.py ./
COPY pages pages
COPY components components
COPY queries queries
COPY data data
COPY assets assets
ENV PATH=/venv/bin:$PATH VAR=/var/lib/cockpit HOST=0.0.0.0 PORT=8050 PYTHONUNBUFFERED=1
USER cockpit
VOLUME /var/lib/cockpit
EXPOSE 8050
HEALTHCHECK --interval=30s --timeout=3s --start-period=60s \
  CMD python -c "import urllib.request as u; u.urlopen('http://127.0.0.1:8050/readyz', timeout=2)"
CMD ["sh", "-c", "python app.py demo --if-missing && exec python app.py serve"]
