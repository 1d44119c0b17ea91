using AeVae.Compute;
using AeVae.Models.Layers;

namespace AeVae.Models.Optimizers;

/// <summary>Stochastic gradient descent with PyTorch's momentum: velocity = momentum · velocity + gradient.</summary>
sealed class Sgd : Optimizer
{
    readonly OptimizerOptions options;
    readonly Tensor[]? velocities;
    readonly RunningScalar steps = new($"{OptimizerCatalogue.Prefix}steps", 0);
    SgdStep step;

    public Sgd(OptimizerOptions options, IReadOnlyList<Parameter> parameters)
        : base(parameters)
    {
        if (options.Nesterov && options.Momentum == 0)
            throw new SettingsException("train.optimizer.nesterov needs train.optimizer.momentum above 0, for example 0.9.");

        this.options = options;
        velocities = options.Momentum > 0 ? OptimizerCatalogue.StateLike(parameters, "momentum_buffer") : null;
        State = velocities ?? [];
        Scalars = [steps];
    }

    public override IReadOnlyList<Tensor> State { get; }

    public override IReadOnlyList<RunningScalar> Scalars { get; }

    protected override void BeginStep(double learningRate)
    {
        step = new SgdStep(learningRate, options.Momentum, options.Nesterov, options.Decay, FirstStep: steps.Value == 0);
        steps.Value++;
    }

    protected override bool Update(int index, Matrix value, Matrix gradient, ThreadTeam team) =>
        OptimizerKernels.Sgd(value, gradient, velocities?[index].Matrix, step, team);
}
