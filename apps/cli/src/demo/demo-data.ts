/** A model of the demo: how good its experiments get, and what they are told. */
export interface DemoModel {
  readonly name: string;
  readonly description: string;
  readonly parameters: Readonly<Record<string, readonly (number | string)[]>>;
  /** The quality of its best experiment, from 0 to 1. */
  readonly best: number;
  /** Points of each learning curve; 0: it does not learn step by step. */
  readonly epochs: number;
}

export interface DemoProject {
  readonly name: string;
  readonly description: string;
  readonly dataset: string;
  readonly team: string;
  readonly models: readonly DemoModel[];
}

/** What a small team could have recorded in a week. */
export const DEMO: readonly DemoProject[] = [
  {
    name: 'demo: churn',
    description: 'Which customers are about to leave? An example: delete it when you like.',
    dataset: 's3://demo/churn/2024-05',
    team: 'growth',
    models: [
      {
        name: 'logistic regression',
        description: 'The baseline',
        parameters: { C: [0.01, 0.1, 1, 10], penalty: ['l1', 'l2'] },
        best: 0.81,
        epochs: 0,
      },
      {
        name: 'gradient boosting',
        description: 'Trees, one after the other',
        parameters: { learning_rate: [0.05, 0.1, 0.3], max_depth: [3, 5, 8], trees: [100, 300] },
        best: 0.89,
        epochs: 30,
      },
    ],
  },
  {
    name: 'demo: defects',
    description: 'Scratches on sheet metal, in pictures. An example: delete it when you like.',
    dataset: 's3://demo/defects/v3',
    team: 'vision',
    models: [
      {
        name: 'resnet 18',
        description: 'Small and fast',
        parameters: {
          learning_rate: [0.001, 0.003, 0.01],
          batch_size: [32, 64],
          augment: ['no', 'yes'],
        },
        best: 0.91,
        epochs: 40,
      },
      {
        name: 'vision transformer',
        description: 'Large, for comparison',
        parameters: { learning_rate: [0.0001, 0.0003], layers: [6, 12], patch: [8, 16] },
        best: 0.94,
        epochs: 60,
      },
    ],
  },
];
