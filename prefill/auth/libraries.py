"""Authentication libraries as data: the packages, and the names that read a session.

`reads` are exports whose call tells who the user is; `members` are the ends of member calls that do (`supabase.auth.getUser`).
A library is in use where code imports it; a session is checked where one of these is called.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from prefill.records import dataclass


@dataclass(frozen=True, slots=True)
class Library:
    """One library or service. `packages` are npm names, the one whose version counts first."""

    id: str
    name: str
    packages: tuple[str, ...]
    reads: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    role: Literal["auth", "session", "jwt", "password", "oauth", "passkey"] = "auth"
    setup: tuple[str, ...] = ()


LIBRARIES: tuple[Library, ...] = (
    Library(
        "auth0",
        "Auth0",
        ("@auth0/nextjs-auth0",),
        ("getSession", "withApiAuthRequired", "withPageAuthRequired", "withMiddlewareAuthRequired", "getAccessToken"),
        (".getSession", ".middleware", ".getAccessToken", ".withApiAuthRequired", ".withPageAuthRequired"),
        setup=("Auth0Client", "initAuth0"),
    ),
    Library(
        "auth-js",
        "Auth.js",
        ("next-auth", "@auth/core", "@auth/nextjs", "@auth/express", "@auth/sveltekit"),
        ("getServerSession", "unstable_getServerSession", "getToken", "withAuth", "getSession", "auth"),
        setup=("NextAuth", "default", "Auth", "SvelteKitAuth", "ExpressAuth"),
    ),
    Library(
        "better-auth",
        "Better Auth",
        ("better-auth",),
        ("getSessionCookie", "getCookieCache"),
        ("api.getSession", "api.requireSession"),
        setup=("betterAuth",),
    ),
    Library(
        "clerk",
        "Clerk",
        (
            "@clerk/nextjs",
            "@clerk/backend",
            "@clerk/express",
            "@clerk/remix",
            "@clerk/astro",
            "@clerk/tanstack-react-start",
        ),
        (
            "auth",
            "currentUser",
            "getAuth",
            "clerkMiddleware",
            "authMiddleware",
            "requireAuth",
            "verifyToken",
            "authenticateRequest",
        ),
        ("auth.protect", ".authenticateRequest"),
    ),
    Library(
        "convex-auth",
        "Convex Auth",
        ("@convex-dev/auth",),
        ("convexAuthNextjsToken", "isAuthenticatedNextjs", "convexAuthNextjsMiddleware", "getAuthUserId"),
        setup=("convexAuth",),
    ),
    Library(
        "firebase",
        "Firebase Authentication",
        ("firebase", "firebase-admin", "next-firebase-auth-edge"),
        ("getTokens", "authMiddleware"),
        (".verifyIdToken", ".verifySessionCookie"),
    ),
    Library(
        "iron-session",
        "iron-session",
        ("iron-session",),
        ("getIronSession", "unsealData", "withIronSessionApiRoute", "withIronSessionSsr"),
        role="session",
    ),
    Library("kinde", "Kinde", ("@kinde-oss/kinde-auth-nextjs",), ("getKindeServerSession", "withAuth")),
    Library("logto", "Logto", ("@logto/next",), ("getLogtoContext",)),
    Library(
        "lucia",
        "Lucia",
        ("lucia", "@lucia-auth/adapter-drizzle", "@lucia-auth/adapter-prisma"),
        (),
        (".validateSession", ".validateRequest"),
        setup=("Lucia",),
    ),
    Library("remix-auth", "Remix Auth", ("remix-auth",), (), (".isAuthenticated",), setup=("Authenticator",)),
    Library("stack", "Stack Auth", ("@stackframe/stack",), (), ("stackServerApp.getUser",), setup=("StackServerApp",)),
    Library(
        "supabase",
        "Supabase Auth",
        ("@supabase/ssr", "@supabase/supabase-js", "@supabase/auth-helpers-nextjs"),
        (),
        ("auth.getUser", "auth.getSession", "auth.getClaims"),
        setup=("createServerClient", "createServerComponentClient"),
    ),
    Library(
        "workos",
        "WorkOS AuthKit",
        ("@workos-inc/authkit-nextjs",),
        ("withAuth", "authkitMiddleware", "authkit", "getUser", "getSession", "updateSession"),
    ),
    Library("workos-node", "WorkOS", ("@workos-inc/node",), setup=("WorkOS",)),
    Library("arctic", "Arctic", ("arctic",), role="oauth"),
    Library("passport", "Passport", ("passport",), (), (".authenticate", ".isAuthenticated"), role="auth"),
    Library("simplewebauthn", "SimpleWebAuthn", ("@simplewebauthn/server",), role="passkey"),
    Library("jose", "jose", ("jose",), ("jwtVerify", "jwtDecrypt"), role="jwt"),
    Library(
        "jsonwebtoken",
        "jsonwebtoken",
        ("jsonwebtoken",),
        ("verify",),
        ("jwt.verify", "jsonwebtoken.verify"),
        role="jwt",
    ),
    Library("bcrypt", "bcrypt", ("bcrypt",), role="password"),
    Library("bcryptjs", "bcryptjs", ("bcryptjs",), role="password"),
    Library("argon2", "argon2", ("argon2", "@node-rs/argon2"), role="password"),
)

BY_PACKAGE = {package: library for library in LIBRARIES for package in library.packages}

METHODS = {
    "signInWithPassword": "password",
    "signInWithOtp": "magic link",
    "signInWithOAuth": "OAuth",
    "signInWithSSO": "SSO",
    "signInAnonymously": "anonymous",
    "signInWithIdToken": "ID token",
    "signInWithEmailAndPassword": "password",
    "createUserWithEmailAndPassword": "password",
    "signInWithPopup": "OAuth",
}
"""Calls of Supabase's and Firebase's clients and what a person signs in with."""

NAMES = {
    "credentials": "credentials",
    "email": "magic link",
    "nodemailer": "magic link",
    "resend": "magic link (Resend)",
    "sendgrid": "magic link (SendGrid)",
    "passkey": "passkeys",
    "webauthn": "passkeys",
    "github": "GitHub",
    "gitlab": "GitLab",
    "linkedin": "LinkedIn",
    "tiktok": "TikTok",
    "azure-ad": "Azure AD",
    "microsoft-entra-id": "Microsoft Entra ID",
    "boxyhq-saml": "SAML (BoxyHQ)",
    "idp": "IdP",
    "workos": "WorkOS",
    "facebook": "Facebook",
}
"""Provider modules of Auth.js and keys of Better Auth, where a capital letter is not enough."""


def library_of(specifier: str) -> Library | None:
    """The library that an import specifier belongs to; `firebase/firestore` is no authentication."""
    name = "/".join(specifier.split("/")[: 2 if specifier.startswith("@") else 1])
    library = BY_PACKAGE.get(name)
    if library is None:
        return None
    rest = specifier[len(name) + 1 :]
    if library.id == "firebase" and name != "next-firebase-auth-edge" and rest != "auth":
        return None
    return library


def title(name: str) -> str:
    """`google` → `Google`, as a person writes it."""
    return NAMES.get(name.lower()) or " ".join(part.capitalize() for part in name.replace("_", "-").split("-"))


def installed(names: Iterable[str]) -> tuple[str, ...]:
    """The packages of these names that this catalog knows."""
    return tuple(name for name in names if name in BY_PACKAGE)
