"""Where the app is made to run: the platforms whose own configuration files stand in the app's folder or at the root."""

from __future__ import annotations

from collections.abc import Iterator

from prefill.analyzer import App
from prefill.model import Evidence, Technology
from prefill.workspace import join

# (id, name, files that only this platform or tool reads), sorted by id.
_FILES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("aws-amplify-hosting", "AWS Amplify", ("amplify.yml",)),
    ("cloudflare", "Cloudflare Workers", ("wrangler.toml", "wrangler.json", "wrangler.jsonc")),
    ("docker", "Docker", ("Dockerfile",)),
    ("docker-compose", "Docker Compose", ("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")),
    ("firebase-hosting", "Firebase", ("firebase.json",)),
    ("fly-io", "Fly.io", ("fly.toml",)),
    ("heroku", "Procfile", ("Procfile",)),
    ("netlify-hosting", "Netlify", ("netlify.toml",)),
    ("railway", "Railway", ("railway.json", "railway.toml")),
    ("render", "Render", ("render.yaml",)),
    ("serverless-framework", "Serverless Framework", ("serverless.yml", "serverless.ts")),
    ("sst-config", "SST", ("sst.config.ts",)),
    ("vercel-hosting", "Vercel", ("vercel.json", "vercel.ts")),
)


def deployments(app: App) -> Iterator[Technology]:
    """A technology of the category `deployment` for each platform that is configured; its evidence is the file."""
    for identifier, name, files in _FILES:
        for folder in dict.fromkeys((app.path, ".")):
            path = next((join(folder, file) for file in files if app.repository.exists(join(folder, file))), None)
            if path is not None:
                yield Technology(
                    id=identifier, name=name, category="deployment", workspace=folder, evidence=(Evidence(path),)
                )
                break
