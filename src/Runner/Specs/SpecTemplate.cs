namespace AeVae.Runner.Specs;

/// <summary>Experiments to start from: what most people change, each key with its meaning.</summary>
static class SpecTemplate
{
    /// <summary>The text of a new experiment file.</summary>
    /// <param name="template"><c>ae</c> or <c>vae</c>.</param>
    /// <param name="schema">Path of the JSON Schema from the new file's folder; null leaves the line for editors out.</param>
    public static string Text(string template, string? schema) =>
        (schema is null ? "" : $"# yaml-language-server: $schema={schema}\n") + Body(template == "vae");

    static string Body(bool isVae) => $"""
        description: What does this experiment ask?
        seed: 42                    # the only source of randomness: the same seed gives the same bits
        data:
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
          epochs: 50
          batch_size: 128
          optimizer: adam           # adam | adamw | sgd | rmsprop, or with options: {"{"}type: adam, betas: [0.9, 0.999]{"}"}
          learning_rate: 1e-3
          schedule: constant        # or {"{"}type: cosine, warmup_epochs: 5{"}"} | {"{"}type: step, step_size: 20, gamma: 0.1{"}"} | …

        """;
}
