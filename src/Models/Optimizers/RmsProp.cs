using AeVae.Compute;
using AeVae.Models.Layers;

namespace AeVae.Models.Optimizers;

/// <summary>RMSprop (Tieleman and Hinton 2012) with PyTorch's options.</summary>
sealed class RmsProp : Optimizer
{
    readonly OptimizerOptions options;
    readonly Tensor[] squareAverages;
    readonly Tensor[]? gradientAverages;
    readonly Tensor[]? velocities;
    RmsPropStep step;

    public RmsProp(OptimizerOptions options, IReadOnlyList<Parameter> parameters)
        : base(parameters)
    {
        this.options = options;
        squareAverages = OptimizerCatalogue.StateLike(parameters, "square_avg");
        gradientAverages = options.Centered ? OptimizerCatalogue.StateLike(parameters, "grad_avg") : null;
        velocities = options.Momentum > 0 ? OptimizerCatalogue.StateLike(parameters, "momentum_buffer") : null;
        State = [.. squareAverages, .. gradientAverages ?? [], .. velocities ?? []];
    }

    public override IReadOnlyList<Tensor> State { get; }

    public override IReadOnlyList<RunningScalar> Scalars => [];

    protected override void BeginStep(double learningRate)
    {
        step = new RmsPropStep(learningRate, options.Alpha, options.Eps, options.Momentum, options.Centered, options.Decay);
    }

    protected override bool Update(int index, Matrix value, Matrix gradient, ThreadTeam team) =>
        OptimizerKernels.RmsProp(value, gradient, squareAverages[index].Matrix, gradientAverages?[index].Matrix, velocities?[index].Matrix, step, team);
}
