/** WebSocket sessions as an application sees them, and rooms of them; the protocol behind them is in the package below. */
package dev.bistro.websocket;
