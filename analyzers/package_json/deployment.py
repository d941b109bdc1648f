"""Where the app is made to run: the platforms whose own configuration files stand in the app's folder or at the root."""

from __future__ import annotations

import re
from collections.abc import Iterator

from prefill.analyzer import App
from prefill.lazy import regex
from prefill.model import Evidence, Technology
from prefill.workspace import join

# (id, name, files that only this platform or tool reads), sorted by id.
_FILES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("aws-amplify-hosting", "AWS Amplify", ("amplify.yml",)),
    ("cloudflare", "Cloudflare Workers", ("wrangler.toml", "wrangler.json", "wrangler.jsonc")),
    ("digitalocean-app-platform", "DigitalOcean App Platform", (".do/app.yaml",)),
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


# A Compose file that builds nothing only starts what development needs, such as a database.
_BUILDS = regex(r"^[ \t]{1,16}build:", re.MULTILINE)


def deployments(app: App) -> Iterator[Technology]:
    """A technology of the category `deployment` for each platform that is configured; its evidence is the file.

    A file at the root of a repository counts for an app below it only where it names the app's folder or package, since another
    app may be what it deploys.
    """
    for identifier, name, files in _FILES:
        for folder in dict.fromkeys((app.path, ".")):
            path = next((join(folder, file) for file in files if app.repository.exists(join(folder, file))), None)
            if path is not None and _is_about(app, identifier, folder, path):
                yield Technology(
                    id=identifier, name=name, category="deployment", workspace=folder, evidence=(Evidence(path),)
                )
                break


def _is_about(app: App, identifier: str, folder: str, path: str) -> bool:
    """Whether a file is there to build or deploy the app."""
    text = app.repository.text(path) or ""
    if identifier == "docker-compose" and not _BUILDS.search(text):
        return False
    if folder == app.path:
        return True
    names = [re.escape(name) for name in (app.path, app.package.name) if name]
    return re.search(rf"(?<![\w-])(?:{'|'.join(names)})(?=[/\s\"']|$)", text) is not None
