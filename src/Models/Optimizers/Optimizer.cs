using AeVae.Compute;
using AeVae.Models.Layers;

namespace AeVae.Models.Optimizers;

/// <summary>An update rule with its state.</summary>
/// <param name="parameters">What it updates.</param>
abstract class Optimizer(IReadOnlyList<Parameter> parameters)
{
    /// <summary>State tensors, <c>optimizer.KIND.PARAMETER</c>, shaped like their parameters.</summary>
    public abstract IReadOnlyList<Tensor> State { get; }

    /// <summary>State that is one number, <c>optimizer.NAME</c>.</summary>
    public abstract IReadOnlyList<RunningScalar> Scalars { get; }

    /// <summary>Changes every parameter by its gradient.</summary>
    /// <returns>The first parameter whose gradient is not finite; the step breaks off there, and the state is of no more use. Null when all are finite.</returns>
    public Parameter? Step(double learningRate, ThreadTeam team)
    {
        BeginStep(learningRate);
        for (int i = 0; i < parameters.Count; i++)
        {
            if (!Update(i, parameters[i].Value.Matrix, parameters[i].Gradient, team)) return parameters[i];
        }
        return null;
    }

    /// <summary>Advances the state that is numbers and computes the constants of the step; once per step.</summary>
    protected abstract void BeginStep(double learningRate);

    /// <summary>Changes the parameter of an index, and its state.</summary>
    /// <returns>Whether the gradient is finite.</returns>
    protected abstract bool Update(int index, Matrix value, Matrix gradient, ThreadTeam team);
}

/// <summary>A number that changes from step to step and belongs to the state.</summary>
sealed class RunningScalar(string name, double value)
{
    public string Name { get; } = name;

    public double Value { get; set; } = value;
}
