namespace AeVae.Models.Checkpoints;

/// <summary>A copy of a tensor's elements.</summary>
/// <param name="Name">As in PyTorch: <c>encoder.0.weight</c>.</param>
/// <param name="Shape">As in PyTorch: a weight is (outputs × inputs).</param>
/// <param name="Values">Row-major in the shape.</param>
public sealed record StoredTensor(string Name, IReadOnlyList<int> Shape, float[] Values);
