using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace AeVae.Runner.Specs;

/// <summary>The numbers that a swept parameter takes, where they are not listed one by one.</summary>
[Description("Values of one parameter.")]
sealed record ParameterOptions
{
    /// <summary>First, last, step.</summary>
    [Description("[first, last, step]: evenly spaced numbers, the last one included when a step reaches it."), Length(3, 3)]
    public IReadOnlyList<double>? Range { get; init; }

    /// <summary>Smallest value.</summary>
    [Description("Smallest value: the value itself, never its exponent.")]
    public double? Min { get; init; }

    /// <summary>Largest value.</summary>
    [Description("Largest value: the value itself, never its exponent.")]
    public double? Max { get; init; }

    /// <summary>How numbers lie between the two.</summary>
    [Description("How values lie from min to max: uniform, log_uniform (evenly on a logarithmic scale), int, log_int (the same, whole numbers). Keys that are integers always get whole numbers.")]
    public Distribution Distribution { get; init; } = Distribution.Uniform;

    /// <summary>Values in a grid.</summary>
    [Description("Number of values in a grid or list, min and max included; needed there unless values are whole numbers or have a quantum."), Range(2, int.MaxValue)]
    public int? Steps { get; init; }

    /// <summary>Distance between neighbouring values.</summary>
    [Description("Only min, min + quantum, min + 2·quantum, … up to max.")]
    public double? Quantum { get; init; }
}

/// <summary>How numbers lie between two bounds.</summary>
enum Distribution
{
    /// <summary>Evenly.</summary>
    Uniform,

    /// <summary>Evenly on a logarithmic scale.</summary>
    LogUniform,

    /// <summary>Whole numbers, evenly.</summary>
    Int,

    /// <summary>Whole numbers, evenly on a logarithmic scale.</summary>
    LogInt,
}
