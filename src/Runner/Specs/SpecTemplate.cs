namespace AeVae.Runner.Specs;

/// <summary>Experiments to start from: what most people change, each key with its meaning.</summary>
static class SpecTemplate
{
    /// <summary>What there is to start from: one model, or both beside each other.</summary>
    public static IReadOnlyList<string> Names { get; } = ["vae", "ae", "sweep"];

    /// <summary>The text of a new experiment file.</summary>
    /// <param name="template">One of <see cref="Names"/>.</param>
    /// <param name="schema">Path of the JSON Schema from the new file's folder; null leaves the line for editors out.</param>
    public static string Text(string template, string? schema) =>
        SchemaLine(schema) + (template == "sweep" ? $"{Body(isVae: true, seed: "", epochs: 10)}{Sweep}" : Body(template == "vae", Seed, epochs: 50));

    /// <summary>The line that tells editors the schema; empty without one.</summary>
    public static string SchemaLine(string? schema) => schema is null ? "" : $"{SchemaComment} $schema={schema}\n";

    /// <summary>A file whose first line may be that of another folder.</summary>
    public static string WithoutSchemaLine(string text) => text.StartsWith(SchemaComment, StringComparison.Ordinal) ? text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..] : text;

    const string SchemaComment = "# yaml-language-server:";

    const string Seed = "seed: 42                    # the only source of randomness: the same seed gives the same bits\n";

    const string Sweep = """
        variants:                   # what each changes of the above; claims speak of them by these names
          ae: {model: {type: ae}}
          vae: {}
        sweep:
          seeds: [0, 1, 2]          # runs that differ in the seed alone are one group, with mean, spread and 95 % interval
          metric: val.mse           # groups are ranked by it; it means the same for both, whatever they minimise
          # parameters:             # any keys, in every combination, in place of the claims below:
          #   model.latent_dim: [5, 10, 20]
          #   train.learning_rate: [1e-3, 1e-4]
        claims:                     # what you expect; the seeds decide whether it holds
          - text: The AE keeps more of the image, even when the VAE decodes its means.
            check: last(ae.val.mse) < last(vae.val.mse_mean)
          - text: Images decoded from N(0, I) reach more test images with the VAE.
            check: last(vae.test.sample_coverage) > last(ae.test.sample_coverage)

        """;

    static string Body(bool isVae, string seed, int epochs) => $"""
        description: What does this experiment ask?
        {seed}data:
          dataset: mnist            # mnist | fashion-mnist | synthetic (needs no download; take validation: 1000) | images (your own; add path: FOLDER)
          validation: 10000         # images from the end of the training split, or `test` to look at the test split every epoch
          binarize: none            # none | threshold | dynamic | static
        model:
          type: {(isVae ? "vae" : "ae ")}                 # ae | vae
          encoder: [400]            # hidden widths from the image to the latent space; [512, 256] for two layers
          latent_dim: 20
          activation: relu          # relu | leaky_relu | elu | tanh | sigmoid | softplus | identity
        loss:
          reconstruction: bce       # bce | mse
          reduction: sum            # sum | mean, over the pixels of an image
        {(isVae ? "  kl_weight: 1.0            # β; with bce summed over pixels, 1 makes the loss the negative ELBO\n" : "")}train:
          epochs: {epochs}
          batch_size: 128
          optimizer: adam           # adam | adamw | sgd | rmsprop, or with options: {"{"}type: adam, betas: [0.9, 0.999]{"}"}
          learning_rate: 1e-3
          schedule: constant        # or {"{"}type: cosine, warmup_epochs: 5{"}"} | {"{"}type: step, step_size: 20, gamma: 0.1{"}"} | …
          early_stop: null          # or {"{"}metric: val.loss, patience: 10{"}"}
        eval:
          weights: last             # that the test images are measured with: last, or best, of the epoch that checkpoint.best finds
        checkpoint:
          best: null                # or a metric, such as val.loss: the weights of its best epoch are kept as well

        """;
}
