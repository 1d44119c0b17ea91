using AeVae.Compute;
using AeVae.Models.Layers;

namespace AeVae.Models.Optimizers;

/// <summary>An update rule with its state.</summary>
interface IOptimizer
{
    /// <summary>State tensors, <c>optimizer.KIND.PARAMETER</c>, shaped like their parameters.</summary>
    IReadOnlyList<Tensor> State { get; }

    /// <summary>State that is one number, <c>optimizer.NAME</c>.</summary>
    IReadOnlyList<RunningScalar> Scalars { get; }

    /// <summary>Changes every parameter by its gradient.</summary>
    /// <returns>The first parameter whose gradient is not finite; the step breaks off there, and the state is of no more use. Null when all are finite.</returns>
    Parameter? Step(double learningRate, ThreadTeam team);
}

/// <summary>A number that changes from step to step and belongs to the state.</summary>
sealed class RunningScalar(string name, double value)
{
    public string Name { get; } = name;

    public double Value { get; set; } = value;
}
