"""TypeScript's compiler options as data: the type of each, and how `tsc --showConfig` spells the values of enums.

From https://www.typescriptlang.org/tsconfig/; where two names mean one value, the first in TypeScript's own table is the
spelling (`node` is `node10`, `es2015` is `es6`).
"""

from __future__ import annotations

from typing import Any

_NAMES: dict[str, str] = {
    "boolean": """
        allowArbitraryExtensions allowImportingTsExtensions allowJs allowSyntheticDefaultImports allowUmdGlobalAccess
        allowUnreachableCode allowUnusedLabels alwaysStrict assumeChangesOnlyAffectDirectDependencies checkJs composite
        declaration declarationMap diagnostics disableReferencedProjectLoad disableSizeLimit disableSolutionSearching
        disableSourceOfProjectReferenceRedirect downlevelIteration emitBOM emitDeclarationOnly emitDecoratorMetadata
        erasableSyntaxOnly esModuleInterop exactOptionalPropertyTypes experimentalDecorators explainFiles extendedDiagnostics
        forceConsistentCasingInFileNames importHelpers incremental inlineSourceMap inlineSources isolatedDeclarations
        isolatedModules keyofStringsOnly libReplacement listEmittedFiles listFiles noCheck noEmit noEmitHelpers noEmitOnError
        noErrorTruncation noFallthroughCasesInSwitch noImplicitAny noImplicitOverride noImplicitReturns noImplicitThis
        noImplicitUseStrict noLib noPropertyAccessFromIndexSignature noResolve noStrictGenericChecks noUncheckedIndexedAccess
        noUncheckedSideEffectImports noUnusedLocals noUnusedParameters preserveConstEnums preserveSymlinks
        preserveValueImports preserveWatchOutput pretty removeComments resolveJsonModule resolvePackageJsonExports
        resolvePackageJsonImports rewriteRelativeImportExtensions skipDefaultLibCheck skipLibCheck sourceMap
        stableTypeOrdering strict strictBindCallApply strictBuiltinIteratorReturn strictFunctionTypes strictNullChecks
        strictPropertyInitialization stripInternal suppressExcessPropertyErrors suppressImplicitAnyIndexErrors traceResolution
        useDefineForClassFields useUnknownInCatchVariables verbatimModuleSyntax
    """,
    "path": """
        baseUrl declarationDir generateCpuProfile generateTrace outDir outFile rootDir tsBuildInfoFile
    """,
    "paths": "rootDirs typeRoots",
    "strings": "customConditions moduleSuffixes types",
    "string": """
        charset ignoreDeprecations jsxFactory jsxFragmentFactory jsxImportSource mapRoot out reactNamespace sourceRoot
    """,
    "enum": "importsNotUsedAsValues jsx module moduleDetection moduleResolution newLine target",
    "libraries": "lib",
    "number": "maxNodeModuleJsDepth",
    "object": "paths",
    "list": "plugins",
}

KINDS: dict[str, str] = {name: kind for kind, names in _NAMES.items() for name in names.split()}
"""Option → boolean, number, string, strings, path, paths (a list of them), enum, libraries, object, list."""

_YEARS = [f"es{year}" for year in range(2016, 2026)]


def _same(*names: str, **aliases: str) -> dict[str, str]:
    return {**{name: name for name in names}, **aliases}


ENUMS: dict[str, dict[str, str]] = {
    "importsNotUsedAsValues": _same("remove", "preserve", "error"),
    "jsx": _same("preserve", "react-native", "react-jsx", "react-jsxdev", "react"),
    "module": _same(
        *("none", "commonjs", "amd", "system", "umd", "es6", "es2020", "es2022", "esnext"),
        *("node16", "node18", "node20", "nodenext", "preserve"),
        es2015="es6",
    ),
    "moduleDetection": _same("auto", "legacy", "force"),
    "moduleResolution": _same("node10", "classic", "node16", "nodenext", "bundler", node="node10"),
    "newLine": _same("crlf", "lf"),
    "target": _same("es3", "es5", "es6", *_YEARS, "esnext", es2015="es6"),
}
"""Option → value as written, in lower case → the spelling."""

LIBRARIES: dict[str, str] = {
    "es2015": "es6",
    "es2016": "es7",
    "esnext.symbol": "es2019.symbol",
    "esnext.asynciterable": "es2018.asynciterable",
    "esnext.bigint": "es2020.bigint",
    "esnext.string": "es2024.string",
    "esnext.weakref": "es2021.weakref",
    "esnext.object": "es2024.object",
    "esnext.regexp": "es2024.regexp",
}
"""Names of `lib` that TypeScript 5 prints under another name."""

DEFAULTS_OF_JSCONFIG: dict[str, Any] = {
    "allowJs": True,
    "maxNodeModuleJsDepth": 2,
    "allowSyntheticDefaultImports": True,
    "skipLibCheck": True,
    "noEmit": True,
}
"""What a file named jsconfig.json says without writing it (https://code.visualstudio.com/docs/languages/jsconfig)."""
