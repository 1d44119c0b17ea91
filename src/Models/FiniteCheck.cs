using AeVae.Compute;
using AeVae.Models.Layers;
using AeVae.Models.Losses;

namespace AeVae.Models;

/// <summary>Stops training at the first number that is not finite (NC-1 C15).</summary>
static class FiniteCheck
{
    public static void Loss(BatchLosses losses, int epoch, int step)
    {
        double sum = 0;
        foreach (double loss in losses.Objective) sum += loss;
        if (!double.IsFinite(sum)) throw new NonFiniteException(epoch, step, "loss");
    }

    public static void Gradients(IReadOnlyList<Parameter> parameters, int epoch, int step, ThreadTeam team)
    {
        for (int i = 0; i < parameters.Count; i++)
        {
            if (!OptimizerKernels.IsFinite(parameters[i].Gradient, team)) throw new NonFiniteException(epoch, step, $"gradient of {parameters[i].Name}");
        }
    }
}
