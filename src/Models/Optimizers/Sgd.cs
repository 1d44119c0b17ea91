using AeVae.Compute;
using AeVae.Models.Layers;

namespace AeVae.Models.Optimizers;

/// <summary>Stochastic gradient descent with PyTorch's momentum: velocity = momentum · velocity + gradient.</summary>
sealed class Sgd : IOptimizer
{
    readonly OptimizerOptions options;
    readonly IReadOnlyList<Parameter> parameters;
    readonly Tensor[]? velocities;
    readonly RunningScalar steps = new($"{OptimizerCatalogue.Prefix}steps", 0);

    public Sgd(OptimizerOptions options, IReadOnlyList<Parameter> parameters)
    {
        if (options.Nesterov && options.Momentum == 0)
            throw new ArgumentException("train.optimizer.nesterov needs train.optimizer.momentum above 0, for example 0.9.");

        this.options = options;
        this.parameters = parameters;
        velocities = options.Momentum > 0 ? OptimizerCatalogue.StateLike(parameters, "momentum_buffer") : null;
        State = velocities ?? [];
        Scalars = [steps];
    }

    public IReadOnlyList<Tensor> State { get; }

    public IReadOnlyList<RunningScalar> Scalars { get; }

    public Parameter? Step(double learningRate, ThreadTeam team)
    {
        var step = new SgdStep(learningRate, options.Momentum, options.Nesterov, options.WeightDecay ?? 0, FirstStep: steps.Value == 0);
        steps.Value++;
        for (int i = 0; i < parameters.Count; i++)
        {
            if (!OptimizerKernels.Sgd(parameters[i].Value.Matrix, parameters[i].Gradient, velocities?[i].Matrix, step, team)) return parameters[i];
        }
        return null;
    }
}
