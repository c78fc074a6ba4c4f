import type { CodegenConfig } from '@graphql-codegen/cli';

// The operations stand beside the components that use them. The server trusts exactly these, by the SHA-256 of each.
const config: CodegenConfig = {
  schema: '../graph/schema/*.graphqls',
  documents: ['src/**/*.graphql'],
  ignoreNoDocuments: true,
  generates: {
    'src/api/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false, persistedDocuments: { mode: 'replaceDocumentWithHash', hashAlgorithm: 'sha256' } },
      config: {
        documentMode: 'string',
        enumsAsTypes: true,
        useTypeImports: true,
        strictScalars: true,
        defaultScalarType: 'never',
        scalars: {
          UUID: 'string', Sha256: 'string', Time: 'string', Date: 'string', TimeOfDay: 'string', Offset: 'string',
          Polygon: 'GeoJSON.Polygon', MultiPolygon: 'GeoJSON.MultiPolygon', Facts: 'Record<string, unknown>',
        },
      },
    },
  },
};

export default config;
