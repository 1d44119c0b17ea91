using AeVae.Compute;
using AeVae.Models.Layers;

namespace AeVae.Models.Optimizers;

/// <summary>Scales all gradients down together when their Euclidean norm is too large (Pascanu, Mikolov and Bengio 2013), as PyTorch's clip_grad_norm_.</summary>
static class GradientClip
{
    // PyTorch's guard against a division by zero.
    const double Epsilon = 1e-6;

    public static void Apply(IReadOnlyList<Parameter> parameters, double maxNorm, ThreadTeam team)
    {
        double squares = 0;
        for (int i = 0; i < parameters.Count; i++) squares += OptimizerKernels.SumOfSquares(parameters[i].Gradient, team);
        if (!double.IsFinite(squares)) return;      // the update names the gradient
        double factor = maxNorm / (Math.Sqrt(squares) + Epsilon);
        if (factor >= 1) return;
        for (int i = 0; i < parameters.Count; i++) OptimizerKernels.Scale(parameters[i].Gradient, (float)factor, team);
    }
}
