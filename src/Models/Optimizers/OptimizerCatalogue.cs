using AeVae.Compute;
using AeVae.Models.Layers;

namespace AeVae.Models.Optimizers;

/// <summary>Every update rule that an experiment can name.</summary>
static class OptimizerCatalogue
{
    /// <summary>Names of all state begin with this; no parameter's name does.</summary>
    public const string Prefix = "optimizer.";

    public static Optimizer Create(OptimizerOptions options, IReadOnlyList<Parameter> parameters) => options.Type switch
    {
        OptimizerType.Adam or OptimizerType.Adamw => new Adam(options, parameters),
        OptimizerType.Sgd => new Sgd(options, parameters),
        OptimizerType.Rmsprop => new RmsProp(options, parameters),
        _ => throw new InvalidOperationException($"no optimizer {options.Type}"),
    };

    /// <summary>One zero tensor per parameter.</summary>
    public static Tensor[] StateLike(IReadOnlyList<Parameter> parameters, string kind) =>
        [.. parameters.Select(p => new Tensor($"{Prefix}{kind}.{p.Name}", p.Value.Rank, new Matrix(p.Gradient.Rows, p.Gradient.Columns)))];
}
