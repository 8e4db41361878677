import type { CustomTypesConfig } from 'pg';

/** Every value as PostgreSQL writes it. */
export const asText: CustomTypesConfig = { getTypeParser: () => String };
