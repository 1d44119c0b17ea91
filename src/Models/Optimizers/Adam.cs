using AeVae.Compute;
using AeVae.Models.Layers;

namespace AeVae.Models.Optimizers;

/// <summary>Adam (Kingma and Ba 2015) and AdamW (Loshchilov and Hutter 2019), as in PyTorch.</summary>
sealed class Adam : IOptimizer
{
    const double AdamwDecay = 0.01;
    readonly OptimizerOptions options;
    readonly IReadOnlyList<Parameter> parameters;
    readonly Tensor[] firstMoments;
    readonly Tensor[] secondMoments;

    // β₁ᵗ and β₂ᵗ as products that run with t: a power function would tie the bits to the mathematics library.
    readonly RunningScalar beta1Power = new($"{OptimizerCatalogue.Prefix}beta1_power", 1);
    readonly RunningScalar beta2Power = new($"{OptimizerCatalogue.Prefix}beta2_power", 1);

    public Adam(OptimizerOptions options, IReadOnlyList<Parameter> parameters)
    {
        this.options = options;
        this.parameters = parameters;
        firstMoments = OptimizerCatalogue.StateLike(parameters, "exp_avg");
        secondMoments = OptimizerCatalogue.StateLike(parameters, "exp_avg_sq");
        State = [.. firstMoments, .. secondMoments];
        Scalars = [beta1Power, beta2Power];
    }

    public IReadOnlyList<Tensor> State { get; }

    public IReadOnlyList<RunningScalar> Scalars { get; }

    public Parameter? Step(double learningRate, ThreadTeam team)
    {
        beta1Power.Value *= options.Betas[0];
        beta2Power.Value *= options.Betas[1];
        bool decoupled = options.Type == OptimizerType.Adamw;
        double decay = options.WeightDecay ?? (decoupled ? AdamwDecay : 0);
        var step = new AdamStep(
            options.Betas[0], options.Betas[1], options.Eps,
            StepSize: learningRate / (1 - beta1Power.Value),
            SecondMomentScale: Math.Sqrt(1 - beta2Power.Value),
            WeightDecay: decoupled ? 0 : decay,
            DecoupledDecay: decoupled ? learningRate * decay : 0);
        for (int i = 0; i < parameters.Count; i++)
        {
            if (!OptimizerKernels.Adam(parameters[i].Value.Matrix, parameters[i].Gradient, firstMoments[i].Matrix, secondMoments[i].Matrix, step, team)) return parameters[i];
        }
        return null;
    }
}
