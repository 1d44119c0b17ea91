namespace AeVae.Models.Checkpoints;

/// <summary>A copy of a tensor's elements, row-major in its shape.</summary>
sealed record StoredTensor(string Name, int[] Shape, float[] Values);
