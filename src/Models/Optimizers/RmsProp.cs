using AeVae.Compute;
using AeVae.Models.Layers;

namespace AeVae.Models.Optimizers;

/// <summary>RMSprop (Tieleman and Hinton 2012) with PyTorch's options.</summary>
sealed class RmsProp : IOptimizer
{
    readonly OptimizerOptions options;
    readonly IReadOnlyList<Parameter> parameters;
    readonly Tensor[] squareAverages;
    readonly Tensor[]? gradientAverages;
    readonly Tensor[]? velocities;

    public RmsProp(OptimizerOptions options, IReadOnlyList<Parameter> parameters)
    {
        this.options = options;
        this.parameters = parameters;
        squareAverages = OptimizerCatalogue.StateLike(parameters, "square_avg");
        gradientAverages = options.Centered ? OptimizerCatalogue.StateLike(parameters, "grad_avg") : null;
        velocities = options.Momentum > 0 ? OptimizerCatalogue.StateLike(parameters, "momentum_buffer") : null;
        State = [.. squareAverages, .. gradientAverages ?? [], .. velocities ?? []];
    }

    public IReadOnlyList<Tensor> State { get; }

    public IReadOnlyList<RunningScalar> Scalars => [];

    public Parameter? Step(double learningRate, ThreadTeam team)
    {
        var step = new RmsPropStep(learningRate, options.Alpha, options.Eps, options.Momentum, options.Centered, options.WeightDecay ?? 0);
        for (int i = 0; i < parameters.Count; i++)
        {
            if (!OptimizerKernels.RmsProp(parameters[i].Value.Matrix, parameters[i].Gradient, squareAverages[i].Matrix, gradientAverages?[i].Matrix, velocities?[i].Matrix, step, team)) return parameters[i];
        }
        return null;
    }
}
