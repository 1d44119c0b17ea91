using AeVae.Compute;
using AeVae.Models.Layers;

namespace AeVae.Models.Optimizers;

/// <summary>Adam (Kingma and Ba 2015) and AdamW (Loshchilov and Hutter 2019), as in PyTorch.</summary>
sealed class Adam : Optimizer
{
    readonly OptimizerOptions options;
    readonly Tensor[] firstMoments;
    readonly Tensor[] secondMoments;

    // β₁ᵗ and β₂ᵗ as products that run with t: a power function would tie the bits to the mathematics library.
    readonly RunningScalar beta1Power = new($"{OptimizerCatalogue.Prefix}beta1_power", 1);
    readonly RunningScalar beta2Power = new($"{OptimizerCatalogue.Prefix}beta2_power", 1);
    AdamStep step;

    public Adam(OptimizerOptions options, IReadOnlyList<Parameter> parameters)
        : base(parameters)
    {
        this.options = options;
        firstMoments = OptimizerCatalogue.StateLike(parameters, "exp_avg");
        secondMoments = OptimizerCatalogue.StateLike(parameters, "exp_avg_sq");
        State = [.. firstMoments, .. secondMoments];
        Scalars = [beta1Power, beta2Power];
    }

    public override IReadOnlyList<Tensor> State { get; }

    public override IReadOnlyList<RunningScalar> Scalars { get; }

    protected override void BeginStep(double learningRate)
    {
        beta1Power.Value *= options.Betas[0];
        beta2Power.Value *= options.Betas[1];
        bool decoupled = options.Type == OptimizerType.Adamw;
        double decay = options.Decay;
        step = new AdamStep(
            options.Betas[0], options.Betas[1], options.Eps,
            StepSize: learningRate / (1 - beta1Power.Value),
            SecondMomentScale: Math.Sqrt(1 - beta2Power.Value),
            WeightDecay: decoupled ? 0 : decay,
            DecoupledDecay: decoupled ? learningRate * decay : 0);
    }

    protected override bool Update(int index, Matrix value, Matrix gradient, ThreadTeam team) =>
        OptimizerKernels.Adam(value, gradient, firstMoments[index].Matrix, secondMoments[index].Matrix, step, team);
}
